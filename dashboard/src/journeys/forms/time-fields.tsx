import { Autocomplete, Chip, Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useWeekdays } from "../weekdays.ts";
import { Labelled } from "./labelled.tsx";

export function TimeInput({ value, onChange }: { readonly value: string; readonly onChange: (at: string) => void }) {
  const { t } = useTranslation();
  return (
    <TextInput
      type="time"
      label={t("node.at")}
      w={140}
      value={value}
      onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value.slice(0, 5))}
    />
  );
}

/** `person` and a few zones are offered; any IANA name may be typed. */
export function ZoneInput({
  value,
  onChange,
}: {
  readonly value: string | undefined;
  readonly onChange: (zone: string) => void;
}) {
  const { t } = useTranslation();
  const person = t("node.zonePerson");
  return (
    <Autocomplete
      label={t("node.zone")}
      data={[person, ...Intl.supportedValuesOf("timeZone")]}
      limit={20}
      value={value === undefined || value === "person" ? person : value}
      onChange={(zone) => onChange(zone === person || zone === "" ? "person" : zone)}
    />
  );
}

export function WeekdaysInput({
  value = [],
  onChange,
}: {
  readonly value: readonly number[] | undefined;
  readonly onChange: (days: number[]) => void;
}) {
  const { t } = useTranslation();
  const days = useWeekdays();
  return (
    <Labelled label={t("node.weekdays")}>
      <Chip.Group multiple value={value.map(String)} onChange={(chosen) => onChange(chosen.map(Number).sort())}>
        <Group gap={4}>
          {days.map((day) => (
            <Chip key={day.value} value={day.value} size="xs">
              {day.label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Labelled>
  );
}
