import { Checkbox, Divider, Group, Chip as ScoreChip, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { CHANNELS } from "../../../../../server/src/collect/contracts.ts";
import { broadcastsQuery } from "../../../broadcasts/queries.ts";
import { journeysQuery } from "../../../journeys/queries.ts";
import { templatesQuery } from "../../../messages/queries.ts";
import { listsQuery, segmentsQuery, storesQuery } from "../../queries.ts";
import type { RfmScores } from "../../sentences/conditions.ts";
import type { Named } from "../../sentences/speaker.ts";
import { useBuilder } from "../context.ts";
import { type Choice, PickList } from "../pick-list.tsx";

interface WordFormProps<T extends string> {
  readonly label: string;
  readonly words: readonly T[];
  readonly say: (word: T) => string;
  readonly chosen: string;
  readonly onPick: (word: T) => void;
}

/** One of the words that a kind knows. */
export function WordForm<T extends string>({ label, words, say, chosen, onPick }: WordFormProps<T>) {
  const choices = words.map((key) => ({ key, label: say(key) }));
  return <PickList label={label} choices={choices} chosen={chosen} onPick={({ key }) => onPick(key)} />;
}

const SOURCES = {
  segment: segmentsQuery,
  list: listsQuery,
  store: storesQuery,
  template: templatesQuery,
  journey: journeysQuery,
  broadcast: broadcastsQuery,
};

interface NamedFormProps {
  readonly kind: Named;
  readonly chosen: string | undefined;
  readonly onPick: (id: string) => void;
  /** A choice that means: whichever. */
  readonly any?: { readonly label: string; readonly onPick: () => void } | undefined;
}

interface NamedRow {
  readonly id: string;
  readonly name: string;
  readonly city?: string;
  readonly size?: number;
}

/** Something that has a name: a segment, a list, a store, a message, a journey. */
export function NamedForm({ kind, chosen, onPick, any }: NamedFormProps) {
  const { t } = useTranslation();
  const found = useQuery(SOURCES[kind] as unknown as typeof listsQuery);
  const rows: readonly NamedRow[] = found.data?.items ?? [];
  const choices: Choice[] = [
    ...(any ? [{ key: "", label: any.label }] : []),
    ...rows.map((row) => ({ key: row.id, label: row.name, note: row.city, count: row.size })),
  ];
  return (
    <PickList
      label={t(`builder.named.${kind}`)}
      choices={choices}
      chosen={chosen ?? ""}
      onPick={({ key }) => (key === "" ? any?.onPick() : onPick(key))}
    />
  );
}

interface ChannelsFormProps {
  readonly channels: readonly string[];
  readonly onChange: (channels: readonly string[]) => void;
}

/** Any of some channels. */
export function ChannelsForm({ channels, onChange }: ChannelsFormProps) {
  const { t } = useTranslation();
  const { speaker } = useBuilder();
  return (
    <Checkbox.Group aria-label={t("builder.channel")} value={[...channels]} onChange={onChange}>
      <Stack gap={8} mah={320} style={{ overflowY: "auto" }} p={2}>
        {CHANNELS.map((channel) => (
          <Checkbox
            key={channel}
            size="sm"
            value={channel}
            label={speaker.has(`label.channel.${channel}`) ? speaker.say(`label.channel.${channel}`) : channel}
            {...(channel === channels[0] ? { "data-autofocus": true } : {})}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

const SIDES = ["recency", "frequency", "monetary"] as const;
const SCORES = ["5", "4", "3", "2", "1"] as const;
const GROUPS = [
  "champions",
  "loyal",
  "potential_loyalists",
  "new_customers",
  "promising",
  "need_attention",
  "about_to_sleep",
  "at_risk",
  "cannot_lose",
  "hibernating",
] as const;

interface RfmFormProps {
  readonly rfm: string | RfmScores;
  readonly onChange: (rfm: string | RfmScores) => void;
  readonly onDone: () => void;
}

/** A named group, or scores of one's own. */
export function RfmForm({ rfm, onChange, onDone }: RfmFormProps) {
  const { t } = useTranslation();
  const scores: RfmScores = typeof rfm === "string" ? {} : rfm;
  return (
    <>
      <PickList
        label={t("builder.rfmGroup")}
        choices={GROUPS.map((key) => ({ key, label: t(`rfmGroup.${key}`) }))}
        chosen={typeof rfm === "string" ? rfm : undefined}
        onPick={({ key }) => {
          onChange(key);
          onDone();
        }}
      />
      <Divider my="xs" label={t("builder.orScores")} />
      {SIDES.map((side) => (
        <Group key={side} gap={6} mb={6} wrap="nowrap">
          <Text size="sm" miw={84}>
            {t(`rfmSide.${side}`)}
          </Text>
          <ScoreChip.Group
            multiple
            value={(scores[side] ?? []).map(String)}
            onChange={(values) => onChange({ ...scores, [side]: values.length === 0 ? undefined : values.map(Number) })}
          >
            {SCORES.map((score) => (
              <ScoreChip key={score} size="xs" value={score}>
                {score}
              </ScoreChip>
            ))}
          </ScoreChip.Group>
        </Group>
      ))}
    </>
  );
}
