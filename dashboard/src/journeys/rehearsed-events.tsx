import { ActionIcon, Button, Group, Paper, Select, Stack, Text, Textarea } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { CHANNELS, type Channel } from "../../../server/src/collect/contracts.ts";
import { useLabel } from "../i18n/label.ts";
import { DurationInput } from "../segments/duration-input.tsx";
import { EventPicker } from "../segments/pickers.tsx";
import { readObject } from "./read-object.ts";

export interface WhatHappens {
  readonly after: string;
  readonly event: string;
  readonly channel: Channel;
  /** As it is typed; empty: none. */
  readonly properties: string;
}

interface RehearsedEventsProps {
  readonly events: readonly WhatHappens[];
  /** The event that lets somebody in, where one has to. */
  readonly begins: string | undefined;
  readonly onChange: (events: readonly WhatHappens[]) => void;
}

const SOMETHING: WhatHappens = { after: "PT1H", event: "Order Completed", channel: "web", properties: "" };
export const MONOSPACE = { input: { fontFamily: "var(--mantine-font-family-monospace)" } };
const EXAMPLE = '{ "order_id": "A-1", "total": 499.9 }';

/** What the person does on the way, each so long after the start. */
export function RehearsedEvents({ events, begins, onChange }: RehearsedEventsProps) {
  const { t } = useTranslation();
  const next = events.length === 0 && begins ? { ...SOMETHING, after: "PT1M", event: begins } : SOMETHING;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t("rehearsal.events")}
      </Text>
      {events.map((one, index) => (
        <OneEvent
          // biome-ignore lint/suspicious/noArrayIndexKey: events are told apart by their order
          key={index}
          happens={one}
          onChange={(changed) => onChange(events.map((other, at) => (at === index ? changed : other)))}
          onRemove={() => onChange(events.filter((_, at) => at !== index))}
        />
      ))}
      <Button variant="light" size="compact-sm" onClick={() => onChange([...events, next])}>
        {t("rehearsal.addEvent")}
      </Button>
    </Stack>
  );
}

interface OneEventProps {
  readonly happens: WhatHappens;
  readonly onChange: (happens: WhatHappens) => void;
  readonly onRemove: () => void;
}

function OneEvent({ happens, onChange, onRemove }: OneEventProps) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Paper p="xs">
      <Group gap={6} wrap="nowrap" align="flex-start" justify="space-between">
        <Group gap={6}>
          <EventPicker value={happens.event} onChange={(event) => onChange({ ...happens, event })} />
          <Text size="xs">{t("rehearsal.after")}</Text>
          <DurationInput
            value={happens.after}
            label={t("rehearsal.after")}
            onChange={(after) => onChange({ ...happens, after })}
          />
          <Select
            size="xs"
            w={120}
            aria-label={t("rehearsal.channel")}
            searchable
            allowDeselect={false}
            data={CHANNELS.map((value) => ({ value, label: label("channel", value) }))}
            value={happens.channel}
            onChange={(value) => onChange({ ...happens, channel: CHANNELS.find((one) => one === value) ?? "web" })}
          />
        </Group>
        <ActionIcon variant="subtle" color="gray" aria-label={t("action.remove")} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </Group>
      <Textarea
        size="xs"
        mt={6}
        label={t("rehearsal.properties")}
        placeholder={EXAMPLE}
        autosize
        minRows={1}
        maxRows={8}
        styles={MONOSPACE}
        value={happens.properties}
        error={hasReadableProperties(happens) ? null : t("rehearsal.notAnObject", { example: EXAMPLE })}
        onChange={(event) => onChange({ ...happens, properties: event.currentTarget.value })}
      />
    </Paper>
  );
}

export function hasReadableProperties({ properties }: WhatHappens): boolean {
  return properties.trim() === "" || readObject(properties) !== null;
}
