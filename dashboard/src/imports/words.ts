import { useTranslation } from "react-i18next";

import { humanise } from "../i18n/label.ts";

type Family = "field" | "need" | "reason" | "failure";

/** The shown name of a field, a reason or a failure; `otherwise` is what the api said. */
export function useWords(): (family: Family, word: string, otherwise?: string) => string {
  const { t, i18n } = useTranslation();
  return (family, word, otherwise) => {
    const key = `imports.${family}.${word}`;
    if (!i18n.exists(key)) return otherwise ?? humanise(word);
    return (t as (key: string) => string)(key);
  };
}

export const KINDS = ["people", "events", "orders"] as const;

export function sizeOf(bytes: number, language: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const format = new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[step] ?? "byte",
    maximumFractionDigits: step === 0 ? 0 : 1,
  });
  return format.format(bytes / 1000 ** step);
}
