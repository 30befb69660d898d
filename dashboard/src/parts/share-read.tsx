import { Group, Progress, Stack, Text } from "@mantine/core";

import { useFormat } from "../i18n/format.ts";

interface ShareReadProps {
  /** What goes on, such as "Running". */
  readonly state: string;
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** Something that runs in a row of a table: how much of its file has been read. */
export function ShareRead({ state, label, done, total }: ShareReadProps) {
  const format = useFormat();
  const share = total === 0 ? 0 : Math.min(1, done / total);
  return (
    <Stack gap={4} miw={100}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="xs">{state}</Text>
        <Text size="xs" c="dimmed">
          {format.percent(share)}
        </Text>
      </Group>
      <Progress value={share * 100} size="sm" aria-label={label} />
    </Stack>
  );
}
