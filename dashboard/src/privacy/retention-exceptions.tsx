import { ActionIcon, Button, Group, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Retention } from "./queries.ts";

type Exceptions = Retention["exceptions"];

/** Events that stay longer or shorter than the others. */
export function RetentionExceptions({
  exceptions,
  onChange,
}: {
  readonly exceptions: Exceptions;
  readonly onChange: (exceptions: Exceptions) => void;
}) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<Exceptions[number]>) =>
    onChange(exceptions.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t("privacy.exceptions")}
      </Text>
      <Text size="xs" c="dimmed">
        {t("privacy.exceptionsText")}
      </Text>
      {exceptions.map((exception, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name until one is written
        <Group key={i} gap="xs" wrap="nowrap">
          <TextInput
            aria-label={t("privacy.event")}
            placeholder={t("privacy.event")}
            flex={1}
            value={exception.event}
            onChange={(event) => change(i, { event: event.currentTarget.value })}
          />
          <NumberInput
            aria-label={t("privacy.days")}
            placeholder={t("privacy.forEver")}
            w={110}
            min={1}
            max={36_500}
            allowDecimal={false}
            value={exception.days ?? ""}
            onChange={(value) => change(i, { days: typeof value === "number" ? value : null })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("action.remove")}
            onClick={() => onChange(exceptions.filter((_, other) => other !== i))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...exceptions, { event: "", days: 365 }])}
        >
          {t("privacy.addException")}
        </Button>
      </Group>
    </Stack>
  );
}
