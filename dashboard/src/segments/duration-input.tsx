import { Group, NumberInput, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { DURATION_UNITS, readDuration, writeDuration } from "./durations.ts";

interface DurationInputProps {
  readonly value: string;
  readonly onChange: (iso: string) => void;
  readonly label: string;
  readonly size?: "xs" | "sm";
}

/** "30 days": a number and a unit over an ISO 8601 duration. */
export function DurationInput({ value, onChange, label, size = "xs" }: DurationInputProps) {
  const { t } = useTranslation();
  const read = readDuration(value);
  if (!read) {
    return (
      <TextInput
        size={size}
        w={110}
        value={value}
        aria-label={label}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Group gap={4} wrap="nowrap">
      <NumberInput
        size={size}
        w={64}
        min={1}
        max={9_999}
        allowDecimal={false}
        hideControls
        aria-label={label}
        value={read.amount}
        onChange={(amount) => onChange(writeDuration({ ...read, amount: Math.max(1, Number(amount) || 1) }))}
      />
      <Select
        size={size}
        w={104}
        allowDeselect={false}
        aria-label={t("unit.label")}
        data={DURATION_UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))}
        value={read.unit}
        onChange={(unit) =>
          onChange(writeDuration({ ...read, unit: DURATION_UNITS.find((one) => one === unit) ?? "days" }))
        }
      />
    </Group>
  );
}
