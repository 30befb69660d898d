import { Autocomplete, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { segmentsQuery, vocabularyQuery } from "./queries.ts";

interface PickerProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label?: string;
  readonly size?: "xs" | "sm";
}

/** An event's name: those that were seen are offered, others may be typed. */
export function EventPicker({ value, onChange, label, size = "xs" }: PickerProps) {
  const { t } = useTranslation();
  const vocabulary = useQuery(vocabularyQuery);
  return (
    <Autocomplete
      size={size}
      w={size === "xs" ? 190 : undefined}
      value={value}
      onChange={onChange}
      data={vocabulary.data?.events.map((event) => event.name) ?? []}
      placeholder={t("builder.event")}
      {...(label ? { label } : { "aria-label": t("builder.event") })}
      error={value === ""}
      limit={50}
    />
  );
}

export function SegmentPicker({ value, onChange, label, size = "xs" }: PickerProps) {
  const { t } = useTranslation();
  const segments = useQuery(segmentsQuery);
  return (
    <Select
      size={size}
      w={size === "xs" ? 220 : undefined}
      searchable
      value={value || null}
      onChange={(next) => onChange(next ?? "")}
      data={segments.data?.items.map((segment) => ({ value: segment.id, label: segment.name })) ?? []}
      placeholder={t("builder.segment")}
      {...(label ? { label } : { "aria-label": t("builder.segment") })}
      error={value === ""}
    />
  );
}
