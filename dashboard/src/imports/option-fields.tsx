import { Autocomplete, Checkbox, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { CHANNELS } from "../../../server/src/collect/contracts.ts";
import type { DateStyle, ImportOptions, PreviewView } from "../../../server/src/imports/contracts.ts";
import { useLabel } from "../i18n/label.ts";
import type { Draft } from "./draft.ts";

const DATES: readonly DateStyle[] = ["auto", "iso", "dmy", "mdy", "ymd", "epoch_s", "epoch_ms"];
const ENCODINGS = ["auto", "utf-8", "utf-16le", "utf-16be", "windows-1254", "windows-1252"] as const;
const DELIMITERS = ["auto", ",", ";", "\t", "|"] as const;
const ZONES = Intl.supportedValuesOf("timeZone");
const CURRENCIES = Intl.supportedValuesOf("currency");

interface OptionFieldsProps {
  readonly draft: Draft;
  readonly preview: PreviewView;
  readonly onChange: (options: Draft["options"]) => void;
}

/** How the file's times, numbers and money are to be understood. */
export function OptionFields({ draft: { kind, options }, preview, onChange }: OptionFieldsProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const set = (change: Draft["options"]) => onChange({ ...options, ...change });
  const without = (key: keyof ImportOptions) => {
    const { [key]: _gone, ...rest } = options;
    onChange(rest);
  };
  const setText = (key: "currency" | "event" | "phone_prefix" | "consent_at", value: string) =>
    value === "" ? without(key) : set({ [key]: value });
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" style={{ alignItems: "end" }}>
        <Autocomplete
          size="sm"
          label={t("imports.zone")}
          data={["UTC", ...ZONES]}
          limit={50}
          value={options.zone ?? "UTC"}
          onChange={(zone) => set({ zone })}
        />
        <Select
          size="sm"
          label={t("imports.dates")}
          allowDeselect={false}
          data={DATES.map((value) => ({ value, label: t(`imports.date.${value}`) }))}
          value={options.date ?? "auto"}
          onChange={(value) => set({ date: DATES.find((one) => one === value) ?? "auto" })}
        />
        <Select
          size="sm"
          label={t("imports.decimal")}
          allowDeselect={false}
          data={[
            { value: ".", label: "1,234.50" },
            { value: ",", label: "1.234,50" },
          ]}
          value={options.decimal ?? "."}
          onChange={(value) => set({ decimal: value === "," ? "," : "." })}
        />
        {kind === "orders" ? (
          <Autocomplete
            size="sm"
            label={t("imports.currency")}
            data={CURRENCIES}
            limit={50}
            value={options.currency ?? ""}
            onChange={(value) => setText("currency", value.toUpperCase().slice(0, 3))}
          />
        ) : null}
        {kind === "orders" ? (
          <Select
            size="sm"
            label={t("imports.amounts")}
            allowDeselect={false}
            data={(["major", "minor"] as const).map((value) => ({ value, label: t(`imports.amount.${value}`) }))}
            value={options.amounts ?? "major"}
            onChange={(value) => set({ amounts: value === "minor" ? "minor" : "major" })}
          />
        ) : null}
        {kind === "events" ? (
          <TextInput
            size="sm"
            label={t("imports.eventName")}
            value={options.event ?? ""}
            onChange={(event) => setText("event", event.currentTarget.value)}
          />
        ) : null}
        {kind === "people" ? (
          <TextInput
            size="sm"
            type="date"
            label={t("imports.consentAt")}
            value={(options.consent_at ?? "").slice(0, 10)}
            onChange={(event) =>
              setText("consent_at", event.currentTarget.value && `${event.currentTarget.value}T00:00:00Z`)
            }
          />
        ) : (
          <Select
            size="sm"
            label={t("imports.channel")}
            clearable
            data={CHANNELS.map((value) => ({ value, label: label("channel", value) }))}
            value={options.channel ?? null}
            onChange={(value) => {
              const channel = CHANNELS.find((one) => one === value);
              if (channel) set({ channel });
              else without("channel");
            }}
          />
        )}
        <TextInput
          size="sm"
          label={t("imports.phonePrefix")}
          placeholder="+90"
          value={options.phone_prefix ?? ""}
          error={options.phone_prefix !== undefined && !/^\+[1-9]\d{0,3}$/.test(options.phone_prefix)}
          onChange={(event) => setText("phone_prefix", event.currentTarget.value)}
        />
        <Select
          size="sm"
          label={t("imports.encoding")}
          allowDeselect={false}
          data={ENCODINGS.map((value) => ({
            value,
            label: value === "auto" ? t("imports.auto", { value: preview.format.encoding }) : value,
          }))}
          value={options.encoding ?? "auto"}
          onChange={(value) => set({ encoding: ENCODINGS.find((one) => one === value) ?? "auto" })}
        />
        {preview.format.type === "csv" ? (
          <Select
            size="sm"
            label={t("imports.delimiter")}
            allowDeselect={false}
            data={DELIMITERS.map((value) => ({
              value,
              label: value === "auto" ? t("imports.auto", { value: shown(preview.format.delimiter) }) : shown(value),
            }))}
            value={options.delimiter ?? "auto"}
            onChange={(value) => set({ delimiter: DELIMITERS.find((one) => one === value) ?? "auto" })}
          />
        ) : null}
      </SimpleGrid>
      <Checkbox
        label={t("imports.historical")}
        description={t("imports.historicalText")}
        checked={options.historical ?? true}
        onChange={(event) => set({ historical: event.currentTarget.checked })}
      />
    </Stack>
  );
}

function shown(delimiter: string): string {
  return delimiter === "\t" ? "Tab" : delimiter;
}
