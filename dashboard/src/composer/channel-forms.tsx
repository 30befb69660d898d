import { Group, NumberInput, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Channel, PreviewView, WrittenOf } from "../../../server/src/messages/contracts.ts";
import { ApprovedPicker } from "./approved-picker.tsx";
import { LiquidInput } from "./liquid-input.tsx";
import { PicturePicker } from "./picture-picker.tsx";

type TextChannel = Exclude<Channel, "email">;

interface FormProps<C extends TextChannel> {
  readonly value: WrittenOf<C>;
  readonly onChange: (value: WrittenOf<C>) => void;
  readonly preview: PreviewView | undefined;
}

/** What is written for one channel that is not mail. */
export function ChannelForm({ channel, ...props }: { readonly channel: TextChannel } & FormProps<TextChannel>) {
  switch (channel) {
    case "sms":
      return <SmsForm {...(props as unknown as FormProps<"sms">)} />;
    case "whatsapp":
      return <WhatsappForm {...(props as unknown as FormProps<"whatsapp">)} />;
    case "push":
      return <PushForm {...(props as unknown as FormProps<"push">)} />;
    case "onsite":
      return <OnsiteForm {...(props as unknown as FormProps<"onsite">)} />;
    case "webhook":
      return <WebhookForm {...(props as unknown as FormProps<"webhook">)} />;
    case "letter":
      return <LetterForm {...(props as unknown as FormProps<"letter">)} />;
    case "call":
      return <CallForm {...(props as unknown as FormProps<"call">)} />;
    default:
      return <SocialForm {...(props as unknown as FormProps<"social">)} />;
  }
}

function SmsForm({ value, onChange, preview }: FormProps<"sms">) {
  const { t } = useTranslation();
  const { segments } = preview ?? {};
  return (
    <Stack gap={4}>
      <LiquidInput
        rows={4}
        label={t("composer.field.text")}
        value={value.text}
        onChange={(text) => onChange({ text })}
      />
      {segments ? (
        <Text size="sm" c="dimmed" aria-live="polite">
          {t("composer.segmentsCount", { count: segments.segments, units: segments.units, left: segments.left })}
          {segments.encoding === "ucs2" ? ` ${t("composer.unicode")}` : ""}
        </Text>
      ) : null}
    </Stack>
  );
}

function WhatsappForm({ value, onChange }: FormProps<"whatsapp">) {
  const { t } = useTranslation();
  const start = {
    template: { kind: "template", name: "", language: "en", body: [], buttons: [], shown: "" },
    text: { kind: "text", text: "" },
    image: { kind: "image", url: "", caption: "" },
  } as const;
  return (
    <Stack gap="sm">
      <Select
        label={t("composer.whatsapp.kind")}
        allowDeselect={false}
        data={(["template", "text", "image"] as const).map((kind) => ({
          value: kind,
          label: t(`composer.whatsapp.${kind}`),
        }))}
        value={value.kind}
        onChange={(kind) => {
          if (kind && kind !== value.kind) onChange(structuredClone(start[kind as keyof typeof start]) as typeof value);
        }}
      />
      {value.kind === "template" ? (
        <>
          <ApprovedPicker value={value} onChange={onChange} />
          <Group grow align="flex-start">
            <TextInput
              label={t("composer.whatsapp.name")}
              value={value.name}
              onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
            />
            <TextInput
              label={t("composer.whatsapp.language")}
              value={value.language}
              onChange={(event) => onChange({ ...value, language: event.currentTarget.value })}
            />
          </Group>
          <LiquidInput
            rows={3}
            label={t("composer.whatsapp.body")}
            value={value.body.join("\n")}
            onChange={(text) => onChange({ ...value, body: text === "" ? [] : text.split("\n") })}
          />
          <Textarea
            label={t("composer.whatsapp.shown")}
            autosize
            minRows={3}
            value={value.shown}
            onChange={(event) => onChange({ ...value, shown: event.currentTarget.value })}
          />
        </>
      ) : null}
      {value.kind === "text" ? (
        <LiquidInput
          rows={5}
          label={t("composer.field.text")}
          value={value.text}
          onChange={(text) => onChange({ ...value, text })}
        />
      ) : null}
      {value.kind === "image" ? (
        <>
          <Picture label={t("composer.kind.image")} value={value.url} onChange={(url) => onChange({ ...value, url })} />
          <LiquidInput
            rows={2}
            label={t("composer.whatsapp.caption")}
            value={value.caption}
            onChange={(caption) => onChange({ ...value, caption })}
          />
        </>
      ) : null}
    </Stack>
  );
}

function PushForm({ value, onChange }: FormProps<"push">) {
  const { t } = useTranslation();
  const action = (index: number, change: Partial<(typeof value.actions)[number]>) => {
    const next = [0, 1].map((at) => ({ label: "", url: "", ...value.actions[at], ...(at === index ? change : {}) }));
    onChange({ ...value, actions: next.filter(({ label, url }) => label !== "" || url !== "") });
  };
  return (
    <Stack gap="sm">
      <LiquidInput
        label={t("composer.push.title")}
        value={value.title}
        onChange={(title) => onChange({ ...value, title })}
      />
      <LiquidInput
        rows={3}
        label={t("composer.push.body")}
        value={value.body}
        onChange={(body) => onChange({ ...value, body })}
      />
      <Picture
        label={t("composer.push.image")}
        value={value.image}
        onChange={(image) => onChange({ ...value, image })}
      />
      <LiquidInput label={t("composer.field.link")} value={value.url} onChange={(url) => onChange({ ...value, url })} />
      {[0, 1].map((index) => (
        <Group key={index} grow align="flex-end">
          <TextInput
            label={t("composer.push.action", { number: index + 1 })}
            value={value.actions[index]?.label ?? ""}
            onChange={(event) => action(index, { label: event.currentTarget.value })}
          />
          <TextInput
            label={t("composer.field.link")}
            value={value.actions[index]?.url ?? ""}
            onChange={(event) => action(index, { url: event.currentTarget.value })}
          />
        </Group>
      ))}
      <Hours
        label={t("composer.push.ttl")}
        value={Math.round(value.ttl / 3600)}
        max={672}
        onChange={(hours) => onChange({ ...value, ttl: (hours ?? 24) * 3600 })}
      />
    </Stack>
  );
}

function OnsiteForm({ value, onChange }: FormProps<"onsite">) {
  const { t } = useTranslation();
  const { action, expires_hours, ...rest } = value;
  const set = (change: object) => onChange({ ...value, ...change });
  const setAction = (change: object) => {
    const next = { label: "", url: "", ...action, ...change };
    onChange({
      ...rest,
      ...(expires_hours ? { expires_hours } : {}),
      ...(next.label === "" && next.url === "" ? {} : { action: next }),
    });
  };
  return (
    <Stack gap="sm">
      <Group grow align="flex-end">
        <Select
          label={t("composer.onsite.layout")}
          allowDeselect={false}
          data={(["banner", "modal", "slot"] as const).map((layout) => ({
            value: layout,
            label: t(`composer.onsite.${layout}`),
          }))}
          value={value.layout}
          onChange={(layout) => set({ layout })}
        />
        {value.layout === "slot" ? (
          <TextInput
            label={t("composer.onsite.slotName")}
            value={value.slot}
            onChange={(event) => set({ slot: event.currentTarget.value })}
          />
        ) : null}
      </Group>
      <LiquidInput label={t("composer.push.title")} value={value.title} onChange={(title) => set({ title })} />
      <LiquidInput rows={3} label={t("composer.field.text")} value={value.body} onChange={(body) => set({ body })} />
      <Picture label={t("composer.push.image")} value={value.image} onChange={(image) => set({ image })} />
      <LiquidInput
        label={t("composer.onsite.actionLabel")}
        value={action?.label ?? ""}
        onChange={(label) => setAction({ label })}
      />
      <LiquidInput label={t("composer.field.link")} value={action?.url ?? ""} onChange={(url) => setAction({ url })} />
      <Hours
        label={t("composer.onsite.expires")}
        value={expires_hours}
        max={8760}
        onChange={(hours) =>
          onChange({ ...rest, ...(action ? { action } : {}), ...(hours ? { expires_hours: hours } : {}) })
        }
      />
    </Stack>
  );
}

function WebhookForm({ value, onChange }: FormProps<"webhook">) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Group align="flex-end" wrap="nowrap">
        <Select
          w={110}
          label={t("composer.webhook.method")}
          allowDeselect={false}
          data={["POST", "PUT", "PATCH"]}
          value={value.method}
          onChange={(method) => onChange({ ...value, method: method as typeof value.method })}
        />
        <div style={{ flex: 1 }}>
          <LiquidInput
            label={t("composer.field.url")}
            value={value.url}
            onChange={(url) => onChange({ ...value, url })}
          />
        </div>
      </Group>
      <Textarea
        label={t("composer.webhook.headers")}
        autosize
        minRows={2}
        defaultValue={Object.entries(value.headers)
          .map(([name, text]) => `${name}: ${text}`)
          .join("\n")}
        onBlur={(event) => onChange({ ...value, headers: readHeaders(event.currentTarget.value) })}
      />
      <LiquidInput
        code
        rows={10}
        label={t("composer.webhook.body")}
        value={value.body}
        onChange={(body) => onChange({ ...value, body })}
      />
    </Stack>
  );
}

function readHeaders(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split("\n").flatMap((line) => {
      const [, name, value] = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*:\s*(.*)$/.exec(line) ?? [];
      return name ? [[name, value ?? ""]] : [];
    }),
  );
}

function LetterForm({ value, onChange }: FormProps<"letter">) {
  const { t } = useTranslation();
  const { coupon, ...rest } = value;
  const setCoupon = (change: object) => {
    const next = { code: "", symbology: "qr" as const, label: "", ...coupon, ...change };
    onChange({ ...rest, ...(next.code === "" ? {} : { coupon: next }) });
  };
  return (
    <Stack gap="sm">
      <Select
        label={t("composer.letter.format")}
        allowDeselect={false}
        data={[
          { value: "letter_a4", label: t("composer.letter.a4") },
          { value: "postcard_a6", label: t("composer.letter.a6") },
        ]}
        value={value.format}
        onChange={(format) => onChange({ ...value, format: format as typeof value.format })}
      />
      <LiquidInput
        label={t("composer.letter.heading")}
        value={value.heading}
        onChange={(heading) => onChange({ ...value, heading })}
      />
      <LiquidInput
        rows={8}
        label={t("composer.field.text")}
        value={value.body}
        onChange={(body) => onChange({ ...value, body })}
      />
      <LiquidInput
        label={t("composer.letter.coupon")}
        value={coupon?.code ?? ""}
        onChange={(code) => setCoupon({ code })}
      />
      {coupon ? (
        <Group grow align="flex-end">
          <Select
            aria-label={t("composer.letter.coupon")}
            allowDeselect={false}
            data={[
              { value: "qr", label: t("composer.letter.qr") },
              { value: "code128", label: t("composer.letter.bar") },
            ]}
            value={coupon.symbology}
            onChange={(symbology) => setCoupon({ symbology })}
          />
          <LiquidInput
            label={t("composer.letter.label")}
            value={coupon.label}
            onChange={(label) => setCoupon({ label })}
          />
        </Group>
      ) : null}
    </Stack>
  );
}

function CallForm({ value, onChange }: FormProps<"call">) {
  const { t } = useTranslation();
  const { due_hours, ...rest } = value;
  return (
    <Stack gap="sm">
      <LiquidInput
        label={t("composer.call.reason")}
        value={value.reason}
        onChange={(reason) => onChange({ ...value, reason })}
      />
      <LiquidInput
        rows={8}
        label={t("composer.call.script")}
        value={value.script}
        onChange={(script) => onChange({ ...value, script })}
      />
      <Hours
        label={t("composer.call.due")}
        value={due_hours}
        max={720}
        onChange={(hours) => onChange({ ...rest, ...(hours ? { due_hours: hours } : {}) })}
      />
    </Stack>
  );
}

function SocialForm({ value, onChange }: FormProps<"social">) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <LiquidInput
        rows={5}
        label={t("composer.field.text")}
        value={value.text}
        onChange={(text) => onChange({ ...value, text })}
      />
      <Picture
        label={t("composer.push.image")}
        value={value.image}
        onChange={(image) => onChange({ ...value, image })}
      />
    </Stack>
  );
}

interface PictureProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (url: string) => void;
}

function Picture({ label, value, onChange }: PictureProps) {
  const { t } = useTranslation();
  return (
    <Stack gap={6} align="stretch">
      <LiquidInput label={label} value={value} onChange={onChange} />
      <Group>
        <PicturePicker label={t("composer.pictures")} onPick={({ url }) => onChange(url)} />
      </Group>
    </Stack>
  );
}

interface HoursProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly max: number;
  readonly onChange: (hours: number | undefined) => void;
}

function Hours({ label, value, max, onChange }: HoursProps) {
  return (
    <NumberInput
      label={label}
      value={value ?? ""}
      min={1}
      max={max}
      allowDecimal={false}
      onChange={(hours) => onChange(typeof hours === "number" ? hours : undefined)}
    />
  );
}
