import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { nameOf } from "./name-of.ts";
import { peopleQuery, profileQuery } from "./queries.ts";

interface PersonPickerProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

/** Choose one person by name or address. */
export function PersonPicker({ label, value, onChange }: PersonPickerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [settled] = useDebouncedValue(text.trim(), 200);
  const people = useQuery({ ...peopleQuery({ q: settled || undefined }, 12), placeholderData: keepPreviousData });
  const chosen = useQuery({ ...profileQuery(value ?? ""), enabled: value !== undefined });
  const found = (people.data?.items ?? []).map((person) => ({
    value: person.id,
    label: [person.name ?? t("people.visitor", { id: person.id.slice(-6) }), person.email].filter(Boolean).join(" · "),
  }));
  const current =
    value && !found.some((option) => option.value === value)
      ? [{ value, label: (chosen.data && nameOf(chosen.data)) ?? t("people.visitor", { id: value.slice(-6) }) }]
      : [];
  return (
    <Select
      size="xs"
      miw={240}
      label={label}
      searchable
      clearable
      placeholder={t("people.pick")}
      data={[...current, ...found]}
      filter={({ options }) => options}
      value={value ?? null}
      onSearchChange={setText}
      onChange={(id) => onChange(id ?? undefined)}
      nothingFoundMessage={t("command.nothing")}
    />
  );
}
