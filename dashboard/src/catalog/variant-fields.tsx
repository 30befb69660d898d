import { ColorInput, SimpleGrid, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { VariantBody } from "../../../server/src/catalog/contracts.ts";
import { errorAt } from "../parts/field-error.ts";
import { MoneyInput } from "../parts/money-input.tsx";

export const NO_VARIANT: VariantBody = {
  sku: "",
  gtin: null,
  size: null,
  color: null,
  color_hex: null,
  price: { amount: 0, currency: "EUR" },
  was: null,
  dimensions: null,
};

interface VariantFieldsProps {
  readonly variant: VariantBody;
  readonly onChange: (variant: VariantBody) => void;
  readonly error: unknown;
  /** Where in the body it stands, such as `variants.0.`. */
  readonly path?: string;
}

/** What has a price, a stock and a code. */
export function VariantFields({ variant, onChange, error, path = "" }: VariantFieldsProps) {
  const { t } = useTranslation();
  const change = (part: Partial<VariantBody>) => onChange({ ...variant, ...part });
  const { currency } = variant.price;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
      <TextInput
        label={t("productForm.sku")}
        required
        maxLength={100}
        error={errorAt(error, `${path}sku`)}
        value={variant.sku}
        onChange={(event) => change({ sku: event.currentTarget.value })}
      />
      <TextInput
        label={t("productForm.gtin")}
        inputMode="numeric"
        maxLength={30}
        error={errorAt(error, `${path}gtin`)}
        value={variant.gtin ?? ""}
        onChange={(event) => change({ gtin: event.currentTarget.value.trim() || null })}
      />
      <TextInput
        label={t("productForm.size")}
        maxLength={60}
        value={variant.size ?? ""}
        onChange={(event) => change({ size: event.currentTarget.value || null })}
      />
      <TextInput
        label={t("productForm.color")}
        maxLength={60}
        value={variant.color ?? ""}
        onChange={(event) => change({ color: event.currentTarget.value || null })}
      />
      <ColorInput
        label={t("productForm.colorHex")}
        format="hex"
        eyeDropperButtonProps={{ "aria-label": t("productForm.pickColor") }}
        value={variant.color_hex ?? ""}
        onChange={(hex) => change({ color_hex: /^#[0-9a-f]{6}$/i.test(hex) ? hex.toLowerCase() : null })}
      />
      <MoneyInput
        label={t("productForm.price")}
        required
        currency={currency}
        error={errorAt(error, `${path}price`)}
        value={variant.price.amount}
        onChange={(amount) => change({ price: { amount: amount ?? 0, currency } })}
      />
      <TextInput
        label={t("productForm.currency")}
        required
        maxLength={3}
        pattern="[A-Z]{3}"
        error={errorAt(error, `${path}price.currency`)}
        value={currency}
        onChange={(event) =>
          change({ price: { ...variant.price, currency: event.currentTarget.value.toUpperCase().slice(0, 3) } })
        }
      />
      <MoneyInput
        label={t("productForm.was")}
        currency={currency}
        error={errorAt(error, `${path}was`)}
        value={variant.was}
        onChange={(was) => change({ was })}
      />
    </SimpleGrid>
  );
}
