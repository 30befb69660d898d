import { NumberInput, Select, SimpleGrid, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { StoreBody } from "../../../server/src/catalog/contracts.ts";
import { countries } from "../i18n/countries.ts";
import { errorAt } from "../parts/field-error.ts";

/** What stores mostly do beside selling; any other word may be written. */
const SERVICES = ["pickup", "returns", "tailoring", "consultation", "gift_wrapping", "repairs"];

interface PlaceFieldsProps {
  readonly body: StoreBody;
  readonly onChange: (part: Partial<StoreBody>) => void;
  readonly error: unknown;
}

/** What a store is called, where it is, and what it does. */
export function PlaceFields({ body, onChange, error }: PlaceFieldsProps) {
  const { t, i18n } = useTranslation();
  const text = (field: "name" | "code" | "address" | "city", most: number, isRequired = true) => (
    <TextInput
      label={t(`stores.${field}`)}
      required={isRequired}
      maxLength={most}
      error={errorAt(error, field)}
      value={body[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  );
  const degrees = (field: "lat" | "lon", most: number) => (
    <NumberInput
      label={t(`stores.${field}`)}
      required
      hideControls
      decimalScale={7}
      min={-most}
      max={most}
      error={errorAt(error, field)}
      value={body[field]}
      onChange={(value) => onChange({ [field]: value === "" ? 0 : Number(value) })}
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {text("name", 200)}
      {text("code", 60)}
      {text("address", 500, false)}
      {text("city", 200)}
      <Select
        label={t("stores.country")}
        required
        searchable
        allowDeselect={false}
        error={errorAt(error, "country")}
        data={countries(i18n.language)}
        value={body.country || null}
        onChange={(country) => country && onChange({ country })}
      />
      <Select
        label={t("stores.timezone")}
        required
        searchable
        allowDeselect={false}
        limit={50}
        error={errorAt(error, "timezone")}
        data={Intl.supportedValuesOf("timeZone")}
        value={body.timezone || null}
        onChange={(timezone) => timezone && onChange({ timezone })}
      />
      {degrees("lat", 90)}
      {degrees("lon", 180)}
      <TextInput
        label={t("stores.phone")}
        type="tel"
        maxLength={40}
        error={errorAt(error, "phone")}
        value={body.phone ?? ""}
        onChange={(event) => onChange({ phone: event.currentTarget.value || null })}
      />
      <TextInput
        label={t("stores.currency")}
        description={t("stores.currencyText")}
        maxLength={3}
        error={errorAt(error, "currency")}
        value={body.currency ?? ""}
        onChange={(event) => onChange({ currency: event.currentTarget.value.toUpperCase() || null })}
      />
      <TagsInput
        label={t("stores.services")}
        description={t("stores.servicesText")}
        maxTags={30}
        data={SERVICES}
        error={body.services.some((_, i) => errorAt(error, `services.${i}`)) ? t("stores.serviceWord") : null}
        value={[...body.services]}
        onChange={(services) => onChange({ services: services.map(asWord) })}
      />
    </SimpleGrid>
  );
}

const asWord = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_");
