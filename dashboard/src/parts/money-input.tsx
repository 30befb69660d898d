import { NumberInput } from "@mantine/core";

import { minorDigits } from "../i18n/format.ts";

interface MoneyInputProps {
  readonly label: string;
  readonly currency: string;
  /** In minor units. */
  readonly value: number | null;
  readonly onChange: (amount: number | null) => void;
  readonly required?: boolean;
  readonly error?: string | undefined;
}

/** An amount as people write it, kept in minor units. */
export function MoneyInput({ label, currency, value, onChange, required = false, error }: MoneyInputProps) {
  const unit = 10 ** digitsOf(currency);
  return (
    <NumberInput
      label={label}
      required={required}
      error={error}
      min={0}
      decimalScale={digitsOf(currency)}
      hideControls
      inputMode="decimal"
      value={value === null ? "" : value / unit}
      onChange={(next) => onChange(next === "" ? null : Math.round(Number(next) * unit))}
    />
  );
}

/** The figure that was typed, when it turns out to be of another currency: 9.90 stays 9.90. */
export function sameFigure(amount: number, from: string, to: string): number {
  return Math.round(amount * 10 ** (digitsOf(to) - digitsOf(from)));
}

/** While a code is being typed it is no currency yet. */
function digitsOf(currency: string): number {
  return /^[A-Z]{3}$/.test(currency) ? minorDigits(currency) : 2;
}
