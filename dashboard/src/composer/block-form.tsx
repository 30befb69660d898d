import { Checkbox, Group, NumberInput, SegmentedControl, Select, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { EmailBlock } from "../../../server/src/messages/contracts.ts";
import { ColorChoice } from "./color-choice.tsx";
import { LiquidInput } from "./liquid-input.tsx";
import { PicturePicker } from "./picture-picker.tsx";
import { sharedBlocksQuery } from "./queries.ts";
import { RichText } from "./rich-text.tsx";

export interface BlockFormProps<B extends EmailBlock = EmailBlock> {
  readonly block: B;
  readonly onChange: (block: EmailBlock) => void;
}

/** Everything that can be said about one block. */
export function BlockForm({ block, onChange }: BlockFormProps) {
  return (
    <Stack gap="sm">
      <Fields block={block} onChange={onChange} />
      <Common block={block} onChange={onChange} />
    </Stack>
  );
}

function Fields({ block, onChange }: BlockFormProps) {
  const { t } = useTranslation();
  const set = (change: object) => onChange({ ...block, ...change } as EmailBlock);
  switch (block.kind) {
    case "heading":
      return (
        <>
          <LiquidInput label={t("composer.field.text")} value={block.text} onChange={(text) => set({ text })} />
          <Group align="flex-end">
            <SegmentedControl
              aria-label={t("composer.field.level")}
              data={["1", "2", "3"]}
              value={String(block.level)}
              onChange={(level) => set({ level: Number(level) })}
            />
            <Align value={block.align} onChange={(align) => set({ align })} />
          </Group>
          <ColorChoice label={t("composer.field.color")} value={block.color} onChange={(color) => set({ color })} />
        </>
      );
    case "text":
      return (
        <>
          <RichText label={t("composer.field.text")} value={block.html} onChange={(html) => set({ html })} />
          <Align value={block.align} onChange={(align) => set({ align })} />
          <ColorChoice label={t("composer.field.color")} value={block.color} onChange={(color) => set({ color })} />
        </>
      );
    case "image":
      return (
        <>
          <LiquidInput label={t("composer.field.url")} value={block.url} onChange={(url) => set({ url })} />
          <Group>
            <PicturePicker
              label={t("composer.pictures")}
              onPick={({ url, width }) => set({ url, width: Math.min(width, 600) })}
            />
          </Group>
          <LiquidInput required label={t("composer.field.alt")} value={block.alt} onChange={(alt) => set({ alt })} />
          <LiquidInput
            label={t("composer.field.link")}
            value={block.link ?? ""}
            onChange={(link) => set({ link: link || undefined })}
          />
          <Group align="flex-end">
            <Count
              label={t("composer.field.width")}
              value={block.width}
              min={16}
              max={600}
              onChange={(width) => set({ width })}
            />
            <Align value={block.align} onChange={(align) => set({ align })} />
          </Group>
        </>
      );
    case "button":
      return (
        <>
          <LiquidInput label={t("composer.field.text")} value={block.text} onChange={(text) => set({ text })} />
          <LiquidInput label={t("composer.field.link")} value={block.url} onChange={(url) => set({ url })} />
          <Align value={block.align} onChange={(align) => set({ align })} />
          <Group grow>
            <ColorChoice label={t("composer.field.color")} value={block.color} onChange={(color) => set({ color })} />
            <ColorChoice
              label={t("composer.field.textColor")}
              value={block.text_color}
              onChange={(text_color) => set({ text_color })}
            />
          </Group>
        </>
      );
    case "products":
      return <ProductFields block={block} onChange={onChange} />;
    case "live":
      return (
        <>
          <Select
            label={t("composer.field.shows")}
            allowDeselect={false}
            data={(["stock", "countdown"] as const).map((value) => ({ value, label: t(`composer.field.${value}`) }))}
            value={block.shows}
            onChange={(shows) => set({ shows })}
          />
          {block.shows === "stock" ? (
            <LiquidInput
              label={t("composer.field.variant")}
              value={block.variant}
              onChange={(variant) => set({ variant })}
            />
          ) : (
            <LiquidInput label={t("composer.field.until")} value={block.until} onChange={(until) => set({ until })} />
          )}
          <LiquidInput required label={t("composer.field.alt")} value={block.alt} onChange={(alt) => set({ alt })} />
          <Align value={block.align} onChange={(align) => set({ align })} />
        </>
      );
    case "fact":
      return (
        <Group align="flex-end">
          <Select
            label={t("composer.field.shows")}
            allowDeselect={false}
            data={(["store", "balance"] as const).map((value) => ({ value, label: t(`composer.field.${value}`) }))}
            value={block.shows}
            onChange={(shows) => set({ shows })}
          />
          <Align value={block.align} onChange={(align) => set({ align })} />
        </Group>
      );
    case "logo":
      return <Align value={block.align} onChange={(align) => set({ align })} />;
    case "divider":
      return <ColorChoice label={t("composer.field.color")} value={block.color} onChange={(color) => set({ color })} />;
    case "spacer":
      return (
        <Count
          label={t("composer.field.height")}
          value={block.height}
          min={4}
          max={120}
          onChange={(height) => set({ height: height ?? 24 })}
        />
      );
    case "code":
      return (
        <LiquidInput
          code
          rows={5}
          label={t("composer.field.mjml")}
          value={block.mjml}
          onChange={(mjml) => set({ mjml })}
        />
      );
    case "shared":
      return <SharedChoice value={block.block_id} onChange={(block_id) => set({ block_id })} />;
    default:
      return null;
  }
}

function ProductFields({ block, onChange }: BlockFormProps<Extract<EmailBlock, { kind: "products" }>>) {
  const { t } = useTranslation();
  const set = (change: Partial<typeof block>) => onChange({ ...block, ...change });
  return (
    <>
      <Select
        label={t("composer.field.source")}
        allowDeselect={false}
        data={(["cart", "list", "recommendations", "chosen"] as const).map((value) => ({
          value,
          label: t(`composer.field.${value}`),
        }))}
        value={block.source}
        onChange={(source) => set({ source: source as typeof block.source })}
      />
      {block.source === "chosen" ? (
        <TextInput
          label={t("composer.field.productIds")}
          defaultValue={block.product_ids.join(", ")}
          onBlur={(event) =>
            set({ product_ids: event.currentTarget.value.split(/[\s,]+/).filter((id) => /^[0-9a-f-]{36}$/i.test(id)) })
          }
        />
      ) : (
        <Count
          label={t("composer.field.limit")}
          value={block.limit}
          min={1}
          max={12}
          onChange={(limit) => set({ limit: limit ?? 4 })}
        />
      )}
      <Group>
        <Checkbox
          label={t("composer.field.showPrice")}
          checked={block.show_price}
          onChange={(event) => set({ show_price: event.currentTarget.checked })}
        />
        <Checkbox
          label={t("composer.field.showStock")}
          checked={block.show_stock}
          onChange={(event) => set({ show_stock: event.currentTarget.checked })}
        />
      </Group>
      <LiquidInput label={t("composer.field.button")} value={block.button} onChange={(button) => set({ button })} />
    </>
  );
}

function SharedChoice({ value, onChange }: { readonly value: string; readonly onChange: (id: string) => void }) {
  const { t } = useTranslation();
  const blocks = useQuery(sharedBlocksQuery);
  return (
    <Select
      label={t("composer.field.block")}
      allowDeselect={false}
      data={(blocks.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={value || null}
      error={value === ""}
      nothingFoundMessage={t("blocks.none")}
      onChange={(id) => {
        if (id) onChange(id);
      }}
    />
  );
}

/** What every block has: its background, and when it is there at all. */
function Common({ block, onChange }: BlockFormProps) {
  const { t } = useTranslation();
  const hasBackground = block.kind !== "footer" && block.kind !== "shared";
  return (
    <>
      {hasBackground ? (
        <ColorChoice
          label={t("composer.field.background")}
          value={block.background}
          onChange={(background) => onChange({ ...block, background } as EmailBlock)}
        />
      ) : null}
      <TextInput
        label={t("composer.field.when")}
        description={t("composer.field.whenHint")}
        value={block.when ?? ""}
        onChange={(event) => onChange({ ...block, when: event.currentTarget.value || undefined } as EmailBlock)}
      />
    </>
  );
}

type AlignValue = "left" | "center" | "right";

function Align({ value, onChange }: { readonly value: AlignValue; readonly onChange: (value: AlignValue) => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t("composer.field.align")}
      data={(["left", "center", "right"] as const).map((side) => ({ value: side, label: t(`composer.field.${side}`) }))}
      value={value}
      onChange={(side) => onChange(side as AlignValue)}
    />
  );
}

interface CountProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number | undefined) => void;
}

function Count({ label, value, min, max, onChange }: CountProps) {
  return (
    <NumberInput
      label={label}
      value={value ?? ""}
      min={min}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
    />
  );
}
