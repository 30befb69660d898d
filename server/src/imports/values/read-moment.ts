import type { DateStyle } from "../contracts.ts";

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i;
const SPLIT =
  /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:,?\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?)?$/;
const EPOCH_MS_FROM = 1e11;
const MOST_HOURS_KNOWN = 20_000;

export interface MomentReader {
  /** Epoch milliseconds, or null when the text is no time in this style. */
  readMoment(value: unknown): number | null;
  /** `2026-03-02`, or with a time of day RFC 3339 in UTC; null when it is no date. */
  readDate(value: unknown): string | null;
}

interface Parts {
  readonly ms: number;
  readonly hasTime: boolean;
  readonly offset: string | null;
}

/**
 * Reads times of one file. Those without an offset are wall clock of `zone`; an hour that happens twice is taken for its
 * first, one that does not happen moves on with the clock. With style `auto`, `3/4/2026` is day first.
 */
export function createMomentReader(zone: string, style: DateStyle): MomentReader {
  /** Offset of the zone by wall-clock hour: asking Temporal for every row would be most of the work. */
  const offsets = new Map<number, number>();

  function offsetAt(wall: number): number {
    if (zone === "UTC") return 0;
    const hour = Math.floor(wall / 900_000);
    const known = offsets.get(hour);
    if (known !== undefined) return known;
    const plain = Temporal.Instant.fromEpochMilliseconds(hour * 900_000)
      .toZonedDateTimeISO("UTC")
      .toPlainDateTime();
    const offset = hour * 900_000 - plain.toZonedDateTime(zone).epochMilliseconds;
    if (offsets.size >= MOST_HOURS_KNOWN) offsets.clear();
    offsets.set(hour, offset);
    return offset;
  }

  function parse(value: unknown): Parts | null {
    if (typeof value === "number") return epoch(value, style);
    if (typeof value !== "string") return null;
    const text = value.trim();
    if (/^\d{9,13}(\.\d+)?$/.test(text)) return style === "dmy" || style === "mdy" ? null : epoch(Number(text), style);
    if (style === "epoch_s" || style === "epoch_ms") return null;
    return parseIso(text) ?? (style === "iso" ? null : parseSplit(text, style));
  }

  return {
    readMoment(value) {
      const parts = parse(value);
      if (!parts) return null;
      return parts.offset === null ? parts.ms - offsetAt(parts.ms) : parts.ms - offsetOf(parts.offset);
    },
    readDate(value) {
      const parts = parse(value);
      if (!parts) return null;
      if (!parts.hasTime) return new Date(parts.ms).toISOString().slice(0, 10);
      const ms = parts.ms - (parts.offset === null ? offsetAt(parts.ms) : offsetOf(parts.offset));
      return new Date(ms).toISOString();
    },
  };
}

function epoch(value: number, style: DateStyle): Parts | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  const isSeconds = style === "epoch_s" || (style !== "epoch_ms" && value < EPOCH_MS_FROM);
  const ms = Math.trunc(isSeconds ? value * 1000 : value);
  return ms > 8.64e15 ? null : { ms, hasTime: true, offset: "Z" };
}

function parseIso(text: string): Parts | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  return build([year, month, day], [hour, minute, second, fraction], offset ?? null, undefined);
}

function parseSplit(text: string, style: DateStyle): Parts | null {
  const match = SPLIT.exec(text);
  if (!match) return null;
  const [, a = "", b = "", c = "", hour, minute, second, fraction, half] = match;
  const isYearFirst = a.length === 4;
  if (isYearFirst !== (style === "ymd") && !(isYearFirst && style === "auto")) return null;
  const [year, month, day] = isYearFirst ? [a, b, c] : style === "mdy" ? [c, a, b] : [c, b, a];
  if (!isYearFirst && year?.length !== 4 && year?.length !== 2) return null;
  return build([year, month, day], [hour, minute, second, fraction], null, half);
}

function build(
  [yearText, monthText, dayText]: readonly (string | undefined)[],
  [hourText, minuteText, secondText, fraction]: readonly (string | undefined)[],
  offset: string | null,
  half: string | undefined,
): Parts | null {
  const short = Number(yearText);
  const year = yearText?.length === 2 ? (short < 70 ? 2000 + short : 1900 + short) : short;
  const month = Number(monthText);
  const day = Number(dayText);
  let hour = Number(hourText ?? 0);
  const minute = Number(minuteText ?? 0);
  const second = Number(secondText ?? 0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59 || month < 1 || month > 12 || day < 1) return null;
  const millis = Number((fraction ?? "").slice(0, 3).padEnd(3, "0"));
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, millis);
  // 31 February would become a day in March.
  if (new Date(ms).getUTCDate() !== day || year < 1000) return null;
  return { ms, hasTime: hourText !== undefined, offset };
}

function offsetOf(offset: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -1 : 1) * minutes * 60_000;
}
