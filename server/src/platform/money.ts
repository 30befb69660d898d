import { z } from "zod";

/** Minor-unit exponents by ISO 4217; everything not named has two. `Intl` differs (HUF, IDR), so we keep our own. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

export const currencyCode = z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EUR");

const IN_USE = new Set([...Intl.supportedValuesOf("currency"), ...Object.keys(EXPONENTS)]);

export function isCurrency(code: string): boolean {
  return IN_USE.has(code);
}

/** What a request may set prices in. Answers repeat whatever was once taken. */
export const knownCurrency = currencyCode.refine(isCurrency, "is no currency of ISO 4217");
export const money = z.object({ amount: z.int(), currency: currencyCode });

/** An amount in minor units, as in `{ amount: 1299, currency: "EUR" }` for 12.99 euro. */
export type Money = z.infer<typeof money>;

export function minorDigits(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/** Minor units of a decimal given as text or number (`"12.995"` → 1300 for EUR, half away from zero); null when it is no amount. */
export function toMinor(value: unknown, currency: string): number | null {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  const match = /^([+-]?)(\d{1,15})(?:\.(\d{1,30}))?$/.exec(text) ?? exponentForm(text);
  if (!match) return null;
  const digits = minorDigits(currency);
  const fraction = (match[3] ?? "").padEnd(digits + 1, "0");
  const units = BigInt(`${match[2]}${fraction.slice(0, digits)}`);
  const minor = Number(units + (Number(fraction[digits]) >= 5 ? 1n : 0n));
  if (!Number.isSafeInteger(minor)) return null;
  return minor === 0 ? 0 : match[1] === "-" ? -minor : minor;
}

function exponentForm(text: string): RegExpExecArray | null {
  if (!/^[+-]?\d(\.\d+)?e[+-]\d{1,2}$/.test(text)) return null;
  return /^([+-]?)(\d{1,15})(?:\.(\d{1,30}))?$/.exec(Number(text).toFixed(6));
}

/** The decimal that events carry: 1299 EUR → 12.99. */
export function toMajor(minor: number, currency: string): number {
  return Number((minor / 10 ** minorDigits(currency)).toFixed(minorDigits(currency)));
}
