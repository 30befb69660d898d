import { useMemo } from "react";
import { useTranslation } from "react-i18next";

export interface MoneyAmount {
  readonly amount: number;
  readonly currency: string;
}

export interface Format {
  number(value: number): string;
  percent(share: number): string;
  money(value: MoneyAmount, style?: "full" | "short"): string;
  day(at: string): string;
  month(at: string): string;
  time(at: string): string;
  moment(at: string): string;
  /** A day that ends something: with its hour it is right in every zone. */
  until(at: string): string;
  /** A local date and time, as it stands. */
  local(at: string): string;
  ago(at: string, now?: number): string;
  duration(iso: string): string;
}

/** How many decimals a currency has (JPY 0, EUR 2, KWD 3), as the browser's own ISO 4217 table says. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function createFormat(language: string): Format {
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const month = new Intl.DateTimeFormat(language, { month: "short", year: "numeric", timeZone: "UTC" });
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "long" });
  const until = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const local = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    money({ amount, currency }, style = "full") {
      const digits = minorDigits(currency);
      const options: Intl.NumberFormatOptions =
        style === "short"
          ? { style: "currency", currency, notation: "compact", maximumFractionDigits: 1 }
          : { style: "currency", currency };
      return new Intl.NumberFormat(language, options).format(amount / 10 ** digits);
    },
    day: (at) => day.format(new Date(at)),
    month: (at) => month.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
    moment: (at) => moment.format(new Date(at)),
    until: (at) => until.format(new Date(at)),
    local: (at) => local.format(new Date(`${at}Z`)),
    ago(at, now = Date.now()) {
      const seconds = (new Date(at).getTime() - now) / 1000;
      const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
      return step ? relative.format(Math.round(seconds / step[1]), step[0]) : relative.format(0, "second");
    },
    duration: (iso) => formatDuration(iso, language),
  };
}

const UNITS = { Y: "year", W: "week", D: "day", H: "hour", S: "second" } as const;

/** `P1DT2H` → "1 day 2 hours" in the reader's language; text that is no duration stays as it is. */
export function formatDuration(iso: string, language: string): string {
  const match = /^P(.*?)(?:T(.*))?$/.exec(iso);
  if (!match) return iso;
  const parts = (text: string | undefined, minutes: boolean) =>
    [...(text ?? "").matchAll(/(\d+(?:\.\d+)?)([YMWDHS])/g)].map(([, amount, letter]) => {
      const unit = letter === "M" ? (minutes ? "minute" : "month") : UNITS[letter as keyof typeof UNITS];
      return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(Number(amount));
    });
  const words = [...parts(match[1], false), ...parts(match[2], true)];
  return words.length === 0 ? iso : words.join(" ");
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => createFormat(i18n.language), [i18n.language]);
}
