import { ActionIcon, Button, Group, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { DurationInput } from "../segments/duration-input.tsx";
import { EventPicker } from "../segments/pickers.tsx";

export interface WhatHappens {
  readonly after: string;
  readonly event: string;
}

interface RehearsedEventsProps {
  readonly events: readonly WhatHappens[];
  readonly onChange: (events: readonly WhatHappens[]) => void;
}

/** What the person does on the way, each so long after the start. */
export function RehearsedEvents({ events, onChange }: RehearsedEventsProps) {
  const { t } = useTranslation();
  const write = (index: number, change: Partial<WhatHappens>) =>
    onChange(events.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t("rehearsal.events")}
      </Text>
      {events.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events are told apart by their order
        <Group key={index} gap={6}>
          <EventPicker value={one.event} onChange={(event) => write(index, { event })} />
          <Text size="xs">{t("rehearsal.after")}</Text>
          <DurationInput value={one.after} label={t("rehearsal.after")} onChange={(after) => write(index, { after })} />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("action.remove")}
            onClick={() => onChange(events.filter((_, at) => at !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="light"
        size="compact-sm"
        onClick={() => onChange([...events, { after: "PT1H", event: "Order Completed" }])}
      >
        {t("rehearsal.addEvent")}
      </Button>
    </Stack>
  );
}
