import { formatDuration } from "../../i18n/format.ts";
import { humanise } from "../../i18n/label.ts";
import { IN_MINOR_UNITS, type NumberTest, PERIODS, type Period, type Test, type When } from "./conditions.ts";
import { fill, joinWith, NOTHING, type Phrase } from "./phrase.ts";
import type { Speaker } from "./speaker.ts";

const A_DAY_MS = 86_400_000;

/** `order_completed` of `Order Completed`: names as keys of our words. */
export function keyOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
}

/** A trait, a computed value or a property in the reader's words; one nobody has words for is made readable. */
export function sayName(name: string, speaker: Speaker): string {
  const key = `subject.${keyOf(name)}`;
  return speaker.has(key) ? speaker.say(key) : humanise(name.replaceAll(".", " ")).toLocaleLowerCase(speaker.language);
}

export function sayDuration(iso: string, speaker: Speaker): string {
  return formatDuration(iso, speaker.language);
}

/** A day or an instant, as people write it. */
export function sayDate(text: string, speaker: Speaker): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const style = isDay ? { dateStyle: "long", timeZone: "UTC" } : { dateStyle: "long", timeStyle: "short" };
  return new Intl.DateTimeFormat(speaker.language, style as Intl.DateTimeFormatOptions).format(at);
}

export function sayPeriod(period: Period, speaker: Speaker): string {
  if (typeof period === "string") return speaker.say(`period.${PERIODS.find((one) => one === period) ?? "today"}`);
  return speaker.say("period.between", {
    from: sayDate(period.from, speaker),
    to: sayDate(lastDay(period.until), speaker),
  });
}

/** "until 1 February" means: the last day is 31 January. An instant stays what it is. */
export function lastDay(until: string): string {
  return shiftDay(until, -1);
}

export function firstDayAfter(day: string): string {
  return shiftDay(day, 1);
}

function shiftDay(day: string, by: number): string {
  const at = new Date(day);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(at.getTime())) return day;
  return new Date(at.getTime() + by * A_DAY_MS).toISOString().slice(0, 10);
}

/** "in the last 30 days", "last month", nothing for ever. */
export function sayWhen({ within, during }: When, speaker: Speaker): Phrase {
  if (during !== undefined) return [{ text: sayPeriod(during, speaker), slot: "during" }];
  if (within === undefined) return NOTHING;
  return [{ text: speaker.say("when.within", { duration: sayDuration(within, speaker) }), slot: "within" }];
}

/** "at least 3 times"; "at least once" is what is meant without it. */
export function sayCount(count: NumberTest | undefined, speaker: Speaker): Phrase {
  if (count === undefined) return NOTHING;
  const number = formatNumber(count.value, speaker);
  return [{ text: speaker.say(`times.${count.op}`, { count: count.value, number }), slot: "count" }];
}

export function formatNumber(value: number, speaker: Speaker): string {
  return new Intl.NumberFormat(speaker.language, { maximumFractionDigits: 4 }).format(value);
}

/** How many decimals of a computed value are kept as whole numbers. */
export function decimalsOf(computed: string, speaker: Speaker): number {
  return IN_MINOR_UNITS.includes(computed) ? speaker.minorDigits : 0;
}

/** "is at least 50", "was within the last 30 days"; of its numbers so many `decimals` are kept as whole ones. */
export function sayTest(test: Test, speaker: Speaker, slot: string, decimals = 0): Phrase {
  if (test.value === undefined) return [{ text: speaker.say(`test.${test.op}`), slot }];
  const values = [test.value].flat();
  if (values.length === 0 || values.includes("")) {
    return [{ text: speaker.say(`test.${test.op}`, { value: speaker.say("gap.value") }), slot, isGap: true }];
  }
  const words = values.map((value) => sayValue(value, test.op, speaker, decimals));
  return [{ text: speaker.say(`test.${test.op}`, { value: words.join(speaker.say("sentence.orValue")) }), slot }];
}

function sayValue(value: string | number | boolean | Period, op: string, speaker: Speaker, decimals: number): string {
  if (typeof value === "object" || op === "during") return sayPeriod(value as Period, speaker);
  if (typeof value === "boolean") return speaker.say(value ? "word.yes" : "word.no");
  if (typeof value === "number") return formatNumber(value / 10 ** decimals, speaker);
  if (op === "before" || op === "after") return sayDate(value, speaker);
  if (op.includes("within")) return sayDuration(value, speaker);
  return value;
}

/** "where revenue is at least 50 and category is shoes". */
export function sayWhere(
  where: readonly ({ readonly property: string } & Test)[] | undefined,
  speaker: Speaker,
  at: string,
): Phrase {
  if (where === undefined || where.length === 0) return NOTHING;
  const tests = where.map(({ property, ...test }, index) =>
    fill(speaker.pattern("sentence.about"), {
      subject: nameOr("gap.property", property, speaker, `${at}where.${index}.property`),
      test: sayTest(test, speaker, `${at}where.${index}.value`),
    }),
  );
  return fill(speaker.pattern("sentence.where"), { tests: joinWith(tests, ` ${speaker.say("sentence.and")} `) });
}

export function nameOr(gap: string, name: string, speaker: Speaker, slot: string): Phrase {
  return name === "" ? [{ text: speaker.say(gap), slot, isGap: true }] : [{ text: sayName(name, speaker), slot }];
}
