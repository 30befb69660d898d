import type { Json } from "../../platform/json.ts";
import type { CalendarTest, During, RelativeTest } from "../contracts.ts";
import { momentOf, type Span, spanOf, spanOfDay, whileIn, zoneOf } from "./calendar.ts";
import { ALWAYS, NEVER, type Verdict } from "./event-predicate.ts";
import { anniversaryIn, checkedWindowMs, instantOf, isDay, isInstant, monthDayOf } from "./times.ts";

/** Tests of a date against the present: the date stays, the answer changes as time passes. */
export function passesNow(values: readonly Json[], test: RelativeTest, now: number): Verdict {
  const window = checkedWindowMs(test.value);
  const spans = values.flatMap((value) => (typeof value === "string" ? spansOf(value, test, window, now) : []));
  return within(spans, now);
}

/** Whether any of these instants lies in a span of the calendar. */
export function duringNow(instants: readonly number[], during: During, zone: string, now: number): Verdict {
  if (typeof during === "string")
    return within(
      instants.map((at) => whileIn(at, during, zone)),
      now,
    );
  const { from, to } = spanOf(during, zone, now);
  return instants.some((at) => at >= from && at < to) ? ALWAYS : NEVER;
}

/** The same for values of a profile: a date is the day of that name in the zone. */
export function passesCalendar(values: readonly Json[], test: CalendarTest, now: number): Verdict {
  const zone = zoneOf(test);
  const instants = values.flatMap((value) =>
    typeof value === "string" && (isDay(value) || isInstant(value)) ? momentOf(value, zone) : [],
  );
  return duringNow(instants, test.value, zone, now);
}

function spansOf(text: string, test: RelativeTest, window: number, now: number): Span[] {
  if (test.op === "anniversary_within") return anniversarySpans(text, zoneOf(test), window, now);
  const at = instantOf(text);
  if (at === null) return [];
  // Windows are open at their far end: (now - window, now] and [now, now + window).
  return test.op === "within_last" ? [{ from: at, to: at + window }] : [{ from: at - window + 1, to: at + 1 }];
}

/** The whole day of the anniversary in the zone counts: from `window` before it begins until it ends. */
function anniversarySpans(text: string, zone: string, window: number, now: number): Span[] {
  const day = monthDayOf(text);
  if (day === null) return [];
  const year = new Date(now).getUTCFullYear();
  return [-1, 0, 1, 2, 3].map((ahead) => {
    const own = spanOfDay(anniversaryIn(day, year + ahead), zone);
    return { from: own.from - window + 1, to: own.to };
  });
}

function within(spans: readonly Span[], now: number): Verdict {
  let until: number | null = null;
  for (let grows = true; grows; ) {
    const at: number = until ?? now;
    const reach = Math.max(...spans.filter((span) => span.from <= at && at < span.to).map((span) => span.to));
    grows = reach > at;
    if (grows) until = reach;
  }
  if (until !== null) return { holds: true, until };
  const ahead = spans.map((span) => span.from).filter((from) => from > now);
  return ahead.length > 0 ? { holds: false, until: Math.min(...ahead) } : NEVER;
}
