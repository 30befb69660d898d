import { ActionIcon, Button, Group, NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { CallSecret } from "./call-secret.tsx";
import { ChooseAudience, ChooseJourney, ChooseList } from "./choose-from.tsx";
import type { FormProps } from "./form-props.ts";

export function ListForm({ node, onChange }: FormProps<"list">) {
  const { t } = useTranslation();
  return (
    <>
      <AddOrTake value={node.do} onChange={(what) => onChange({ ...node, do: what })} />
      <ChooseList
        label={t("node.listName")}
        value={node.list_id}
        onChange={(list_id) => onChange({ ...node, list_id })}
      />
    </>
  );
}

export function AdAudienceForm({ node, onChange }: FormProps<"ad_audience">) {
  const { t } = useTranslation();
  return (
    <>
      <AddOrTake value={node.do} onChange={(what) => onChange({ ...node, do: what })} />
      <ChooseAudience
        label={t("node.audience")}
        value={node.audience_id}
        onChange={(audience_id) => onChange({ ...node, audience_id })}
      />
    </>
  );
}

function AddOrTake({
  value,
  onChange,
}: {
  readonly value: "add" | "remove";
  readonly onChange: (value: "add" | "remove") => void;
}) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      fullWidth
      aria-label={t("node.add")}
      value={value}
      data={[
        { value: "add", label: t("node.add") },
        { value: "remove", label: t("node.take") },
      ]}
      onChange={(what) => onChange(what === "remove" ? "remove" : "add")}
    />
  );
}

export function EnterJourneyForm({ node, onChange }: FormProps<"enter_journey">) {
  const { t } = useTranslation();
  return (
    <ChooseJourney
      label={t("node.journey")}
      value={node.journey_id}
      onChange={(journey_id) => onChange({ ...node, journey_id })}
    />
  );
}

export function WebhookForm({ node, onChange }: FormProps<"webhook">) {
  const { t } = useTranslation();
  const { save_as: _, ...rest } = node;
  return (
    <>
      <TextInput
        type="url"
        label={t("node.url")}
        placeholder="https://"
        value={node.url}
        error={node.url === ""}
        onChange={(event) => onChange({ ...node, url: event.currentTarget.value })}
      />
      <TextInput
        label={t("node.saveAs")}
        description={t("node.saveAsText", { interpolation: { escapeValue: false } })}
        value={node.save_as ?? ""}
        onChange={(event) => {
          const name = event.currentTarget.value;
          onChange(name === "" ? rest : { ...node, save_as: name });
        }}
      />
      <NumberInput
        label={t("node.timeout")}
        w={220}
        min={5}
        max={86_400}
        allowDecimal={false}
        value={node.timeout_s ?? 600}
        onChange={(seconds) => onChange({ ...node, timeout_s: Math.max(5, Number(seconds) || 600) })}
      />
      <CallSecret />
    </>
  );
}

export function UpdateTraitForm({ node, onChange }: FormProps<"update_trait">) {
  const { t } = useTranslation();
  const pairs = Object.entries(node.traits);
  const write = (changed: readonly (readonly [string, (typeof node.traits)[string]])[]) =>
    onChange({ ...node, traits: Object.fromEntries(changed) });
  return (
    <>
      {pairs.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a trait is told apart by its place while it is typed
        <Group key={index} gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            label={t("node.trait")}
            value={name}
            error={name === ""}
            onChange={(event) => {
              const typed = event.currentTarget.value;
              write(pairs.map((old, at) => (at === index ? [typed, old[1]] : old)));
            }}
          />
          <TextInput
            label={t("node.value")}
            value={value === null ? "" : String(value)}
            onChange={(event) => {
              const typed = event.currentTarget.value;
              write(pairs.map((old, at) => (at === index ? [old[0], typed] : old)));
            }}
          />
          {pairs.length > 1 ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("action.remove")}
              onClick={() => write(pairs.filter((_, at) => at !== index))}
            >
              <IconX size={16} />
            </ActionIcon>
          ) : null}
        </Group>
      ))}
      <Button
        variant="light"
        size="compact-sm"
        disabled={"" in node.traits}
        onClick={() => write([...pairs, ["", ""]])}
      >
        {t("node.addTrait")}
      </Button>
    </>
  );
}
