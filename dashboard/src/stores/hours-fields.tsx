import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { StoreBody } from "../../../server/src/catalog/contracts.ts";
import { errorAt } from "../parts/field-error.ts";
import { StretchesField } from "./stretches-field.tsx";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
/** A Monday; the days after it follow. */
const MONDAY = Date.UTC(2024, 0, 1);

interface HoursFieldsProps {
  readonly body: StoreBody;
  readonly onChange: (part: Partial<StoreBody>) => void;
  readonly error: unknown;
}

/** When it is open, by weekday in its own zone. */
export function HoursFields({ body, onChange }: HoursFieldsProps) {
  const { i18n } = useTranslation();
  const name = new Intl.DateTimeFormat(i18n.language, { weekday: "long", timeZone: "UTC" });
  return (
    <Stack gap="sm">
      {DAYS.map((day, i) => {
        const label = name.format(MONDAY + i * 86_400_000);
        return (
          <Group key={day} gap="sm" align="center">
            <Text size="sm" w={110}>
              {label}
            </Text>
            <StretchesField
              day={label}
              value={body.hours[day] ?? []}
              onChange={(stretches) => onChange({ hours: { ...body.hours, [day]: stretches } })}
            />
          </Group>
        );
      })}
    </Stack>
  );
}

/** Days that are not as their weekday says: holidays, short days, Sundays before a feast. */
export function ExceptionFields({ body, onChange, error }: HoursFieldsProps) {
  const { t, i18n } = useTranslation();
  const [date, setDate] = useState("");
  const read = new Intl.DateTimeFormat(i18n.language, { dateStyle: "full", timeZone: "UTC" });
  const days = Object.entries(body.exceptions).sort(([a], [b]) => (a < b ? -1 : 1));
  const put = (day: string, stretches: StoreBody["exceptions"][string] | null) => {
    const { [day]: _, ...others } = body.exceptions;
    onChange({ exceptions: stretches === null ? others : { ...others, [day]: stretches } });
  };
  return (
    <Stack gap="sm">
      {days.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("stores.noExceptions")}
        </Text>
      ) : null}
      {days.map(([day, stretches]) => {
        const label = read.format(new Date(`${day}T00:00:00Z`));
        return (
          <Group key={day} gap="sm" align="center">
            <Text size="sm" w={220}>
              {label}
            </Text>
            <StretchesField day={label} value={stretches} onChange={(next) => put(day, next)} />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("stores.dropDay", { day: label })}
              onClick={() => put(day, null)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        );
      })}
      {errorAt(error, "exceptions") ? <Text c="red">{errorAt(error, "exceptions")}</Text> : null}
      <Group align="flex-end" gap="sm">
        <TextInput
          type="date"
          label={t("stores.day")}
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={date === "" || date in body.exceptions}
          onClick={() => {
            put(date, []);
            setDate("");
          }}
        >
          {t("stores.addDay")}
        </Button>
      </Group>
    </Stack>
  );
}
