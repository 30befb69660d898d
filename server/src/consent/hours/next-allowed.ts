import { DAYS, type QuietHours, type SendingRules, type SendingWindow } from "../contracts.ts";

/** A week has at most this many edges that can push a time on, twice over for nights that happen twice. */
const MOST_STEPS = 400;
const WEEK = { hours: 24 * 8 };

/**
 * The earliest instant, not before `now`, at which the rules let marketing out on the channel in this zone; null when
 * there is none within eight days. Local times are those on the wall there: an edge that daylight saving skips is the
 * end of the skip, one that happens twice happens twice.
 */
export function nextAllowed(
  rules: Pick<SendingRules, "quiet_hours" | "windows">,
  channel: string,
  zone: string,
  now: Temporal.Instant,
): Temporal.Instant | null {
  const quiet = rules.quiet_hours.filter((hours) => isAbout(hours, channel));
  const windows = rules.windows.filter((window) => isAbout(window, channel));
  if (quiet.length === 0 && windows.length === 0) return now;
  const last = now.add(WEEK);
  let at = now.toZonedDateTimeISO(zone);
  for (let step = 0; step < MOST_STEPS && Temporal.Instant.compare(at.toInstant(), last) <= 0; step++) {
    const next = pushed(at, quiet, windows);
    if (next === null) return at.toInstant();
    at = next;
  }
  return null;
}

export function isAbout({ channels }: { readonly channels: readonly string[] }, channel: string): boolean {
  return channels.length === 0 || channels.includes(channel);
}

/** Where a time that is not allowed has to wait for; null when it is allowed. */
function pushed(
  at: Temporal.ZonedDateTime,
  quiet: readonly QuietHours[],
  windows: readonly SendingWindow[],
): Temporal.ZonedDateTime | null {
  const clock = wall(at);
  const over = quiet.find(({ from, to }) => (from < to ? clock >= from && clock < to : clock >= from || clock < to));
  if (over) return orJump(at, nextTime(at, over.to));
  if (windows.length === 0 || windows.some((window) => isWithin(window, at, clock))) return null;
  const starts = windows.map((window) => nextStart(window, at));
  return orJump(
    at,
    starts.reduce((a, b) => (Temporal.ZonedDateTime.compare(a, b) <= 0 ? a : b)),
  );
}

/** Where the clocks change before then, the question is asked again at that instant: it may be another hour there. */
function orJump(at: Temporal.ZonedDateTime, then: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const jump = at.getTimeZoneTransition("next");
  return jump !== null && Temporal.ZonedDateTime.compare(jump, then) < 0 ? jump : then;
}

function isWithin({ days, from, to }: SendingWindow, at: Temporal.ZonedDateTime, clock: string): boolean {
  return days.includes(dayOf(at)) && clock >= from && clock < to;
}

function nextStart({ days, from }: SendingWindow, at: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  let next = nextTime(at, from);
  while (!days.includes(dayOf(next))) next = nextTime(next, from);
  return next;
}

/** The next instant after `at` at which the clock on the wall shows this time; near it where the clocks skip it. */
function nextTime(at: Temporal.ZonedDateTime, time: string): Temporal.ZonedDateTime {
  const plainTime = Temporal.PlainTime.from(time);
  for (let date = at.toPlainDate(); ; date = date.add({ days: 1 })) {
    for (const disambiguation of ["earlier", "later"] as const) {
      const found = date.toPlainDateTime(plainTime).toZonedDateTime(at.timeZoneId, { disambiguation });
      if (Temporal.ZonedDateTime.compare(found, at) > 0) return found;
    }
  }
}

function wall(at: Temporal.ZonedDateTime): string {
  return at.toPlainTime().toString({ smallestUnit: "minute" });
}

function dayOf(at: Temporal.ZonedDateTime): (typeof DAYS)[number] {
  return DAYS[at.dayOfWeek - 1] ?? "mon";
}
