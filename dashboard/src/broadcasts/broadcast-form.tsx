import { Button, Fieldset, Group, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { templatesQuery } from "../messages/queries.ts";
import { segmentsQuery } from "../segments/queries.ts";
import { type Draft, KEYS } from "./draft.ts";
import { listsQuery } from "./queries.ts";
import { WinnerFields } from "./winner-fields.tsx";

interface BroadcastFormProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** Who gets what, when and how fast. */
export function BroadcastForm({ draft, onChange }: BroadcastFormProps) {
  const { t } = useTranslation();
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  return (
    <Stack gap="md">
      <TextInput
        label={t("broadcasts.name")}
        value={draft.name}
        maxLength={120}
        required
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <AudienceField draft={draft} set={set} />
      <Variants draft={draft} set={set} />
      {draft.templates.length > 1 ? <WinnerFields draft={draft} set={set} /> : null}
      <Fieldset legend={t("broadcasts.when")}>
        <Stack gap="sm">
          <SegmentedControl
            aria-label={t("broadcasts.when")}
            value={draft.when}
            onChange={(when) => set({ when: when as Draft["when"] })}
            data={(["now", "at", "local"] as const).map((value) => ({ value, label: t(`broadcasts.kinds.${value}`) }))}
          />
          {draft.when === "now" ? null : (
            <TextInput
              type="datetime-local"
              label={t("broadcasts.at")}
              description={t(draft.when === "local" ? "broadcasts.localText" : "broadcasts.atText")}
              value={draft.at}
              required
              onChange={(event) => set({ at: event.currentTarget.value })}
            />
          )}
          <NumberInput
            label={t("broadcasts.perMinute")}
            description={t("broadcasts.perMinuteText")}
            value={draft.perMinute}
            min={1}
            max={1_000_000}
            allowDecimal={false}
            onChange={(value) => set({ perMinute: typeof value === "number" ? value : "" })}
          />
        </Stack>
      </Fieldset>
      <NumberInput
        label={t("broadcasts.holdout")}
        description={t("broadcasts.holdoutText")}
        value={draft.holdout}
        min={0}
        max={50}
        suffix=" %"
        allowDecimal={false}
        onChange={(value) => set({ holdout: typeof value === "number" ? value : 0 })}
      />
    </Stack>
  );
}

interface FieldProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
}

function AudienceField({ draft, set }: FieldProps) {
  const { t } = useTranslation();
  const segments = useQuery(segmentsQuery);
  const lists = useQuery(listsQuery);
  const options = (kind: string, items: readonly { id: string; name: string }[] | undefined) =>
    (items ?? []).map(({ id, name }) => ({ value: `${kind}:${id}`, label: name }));
  return (
    <Select
      label={t("broadcasts.audience")}
      placeholder={t("broadcasts.audiencePick")}
      searchable
      required
      value={draft.audience}
      onChange={(audience) => set({ audience })}
      data={[
        { group: t("broadcasts.segments"), items: options("segment", segments.data?.items) },
        { group: t("broadcasts.lists"), items: options("list", lists.data?.items) },
      ]}
    />
  );
}

function Variants({ draft, set }: FieldProps) {
  const { t } = useTranslation();
  const templates = useQuery(templatesQuery);
  const { templates: chosen } = draft;
  const data = (templates.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const several = chosen.length > 1;
  return (
    <Stack gap="xs">
      {chosen.map((id, i) => (
        <Group key={KEYS[i]} align="flex-end" gap="xs" wrap="nowrap">
          <Select
            flex={1}
            label={several ? t("broadcasts.variant", { key: KEYS[i] }) : t("broadcasts.template")}
            placeholder={t("broadcasts.templatePick")}
            searchable
            required
            value={id}
            onChange={(next) => set({ templates: chosen.map((old, at) => (at === i ? next : old)) })}
            data={data}
          />
          {several ? (
            <Button
              variant="default"
              aria-label={t("broadcasts.removeVariant", { key: KEYS[i] })}
              onClick={() => set({ templates: chosen.filter((_id, at) => at !== i) })}
            >
              {t("action.remove")}
            </Button>
          ) : null}
        </Group>
      ))}
      {chosen.length < KEYS.length ? (
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={() => set({ templates: [...chosen, null] })}>
            {t("broadcasts.addVariant")}
          </Button>
          <Text size="xs" c="dimmed">
            {t("broadcasts.variantsText")}
          </Text>
        </Group>
      ) : null}
    </Stack>
  );
}
