import { ActionIcon, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export type Stretch = [string, string];

interface StretchesFieldProps {
  /** The day they are of, as it is read out. */
  readonly day: string;
  readonly value: readonly Stretch[];
  readonly onChange: (stretches: Stretch[]) => void;
}

/** The hours of one day, also with a pause; none: closed. One that ends before it begins ends the next day. */
export function StretchesField({ day, value, onChange }: StretchesFieldProps) {
  const { t } = useTranslation();
  const put = (at: number, end: 0 | 1, time: string) =>
    onChange(value.map((one, i) => (i === at ? (end === 0 ? [time, one[1]] : [one[0], time]) : one)));
  return (
    <Group gap="xs" align="center">
      <Stack gap={6}>
        {value.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("stores.closed")}
          </Text>
        ) : null}
        {value.map(([from, to], i) => (
          <Group
            // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is what stands at its place
            key={i}
            gap={6}
            wrap="nowrap"
          >
            <TimeOfDay label={t("stores.opens", { day })} value={from} onChange={(time) => put(i, 0, time)} />
            –
            <TimeOfDay label={t("stores.closes", { day })} value={to} onChange={(time) => put(i, 1, time)} />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("stores.dropHours", { day })}
              onClick={() => onChange(value.filter((_, at) => at !== i))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      <ActionIcon
        variant="default"
        aria-label={t("stores.addHours", { day })}
        onClick={() => onChange([...value, ["10:00", "19:00"]])}
      >
        <IconPlus size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

interface TimeOfDayProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (time: string) => void;
}

function TimeOfDay({ label, value, onChange }: TimeOfDayProps) {
  return (
    <TextInput
      required
      w={76}
      inputMode="numeric"
      placeholder="10:00"
      maxLength={5}
      pattern="([01][0-9]|2[0-3]):[0-5][0-9]"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
