import { CloseButton, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { vocabularyQuery } from "../../queries.ts";
import { sayDeed } from "../../sentences/say-events.ts";
import { useBuilder } from "../context.ts";
import { type Choice, PickList } from "../pick-list.tsx";

interface EventFormProps {
  readonly event: string;
  readonly onPick: (event: string) => void;
  /** Whether it happened or not, where that can be chosen. */
  readonly polarity?: { readonly isNot: boolean; readonly onChange: (isNot: boolean) => void } | undefined;
}

/** Which event: those that were seen are offered with their number, others may be typed. */
export function EventForm({ event, onPick, polarity }: EventFormProps) {
  const { t } = useTranslation();
  const choices = useEventChoices(polarity?.isNot ?? false);
  return (
    <Stack gap="xs">
      {polarity ? (
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t("builder.polarity")}
          value={polarity.isNot ? "not" : "did"}
          onChange={(value) => polarity.onChange(value === "not")}
          data={[
            { value: "did", label: t("builder.did") },
            { value: "not", label: t("builder.didNot") },
          ]}
        />
      ) : null}
      <PickList
        label={t("builder.event")}
        choices={choices}
        chosen={event}
        onPick={({ key }) => onPick(key)}
        onTyped={onPick}
      />
    </Stack>
  );
}

interface EventsFormProps {
  readonly events: readonly string[];
  readonly onChange: (events: readonly string[]) => void;
}

/** Several events, none of which may have happened. */
export function EventsForm({ events, onChange }: EventsFormProps) {
  const { t } = useTranslation();
  const { speaker } = useBuilder();
  const named = events.filter((event) => event !== "");
  const choices = useEventChoices(true).filter(({ key }) => !named.includes(key));
  const add = (event: string) => onChange([...named, event]);
  return (
    <Stack gap="xs">
      {named.map((event) => (
        <Group key={event} justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm">{sayDeed(event, speaker, true)}</Text>
          {named.length > 1 ? (
            <CloseButton
              size="sm"
              aria-label={t("builder.removeOne", { name: event })}
              onClick={() => onChange(named.filter((one) => one !== event))}
            />
          ) : null}
        </Group>
      ))}
      <PickList label={t("builder.addEvent")} choices={choices} onPick={({ key }) => add(key)} onTyped={add} />
    </Stack>
  );
}

function useEventChoices(isNot: boolean): readonly Choice[] {
  const { speaker } = useBuilder();
  const vocabulary = useQuery(vocabularyQuery);
  return (vocabulary.data?.events ?? []).map(({ name, count }) => ({
    key: name,
    label: sayDeed(name, speaker, isNot),
    note: name,
    count,
  }));
}
