import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { Entry, Graph } from "../contracts.ts";
import { claimTimer, insertIntake, setTimer } from "../queries/intakes.pg.ts";
import type { LiveJourneys } from "../runs/live-journeys.ts";
import { nextOccurrence } from "./occurrences.ts";

type ByDate = Extract<Entry, { kind: "date" }>;

/** A day begins first fourteen hours east of Greenwich; an hour is left for looking people up. */
const AHEAD = { hours: 15 };
/** After a longer absence the days before are over. */
const MOST_DAYS_BEHIND = 3;

/** What a journey that goes live, or goes on, has to be looked at for; in its transaction. */
export async function beginIntakes(
  tx: Tx,
  clock: Clock,
  journey: { id: string; version: number; graph: Graph },
): Promise<void> {
  const now = clock.now();
  const { entry } = journey.graph;
  const begin = (cause: string, key: string, audience: Parameters<typeof insertIntake>[1]["audience"]) =>
    insertIntake(tx, {
      id: newId(clock),
      journey_id: journey.id,
      cause,
      key,
      audience,
      at: now.toString(),
      now: now.toString(),
    });
  if (entry.kind === "list") await begin("list", `${entry.list_id}`, { list_id: entry.list_id });
  if (entry.kind === "date") {
    // Those whose hour of today, or of the day before, is still to come where they live.
    const day = dayAhead(now);
    await begin("date", `${day.subtract({ days: 1 })}`, {
      day: day.subtract({ days: 1 }).toString(),
      only_coming: true,
    });
    await begin("date", `${day}`, { day: day.toString(), only_coming: true });
  }
  await setTimer(tx, journey.id, nextLook(entry, now));
}

/** Takes one timer that has come due; false when there is none. Occurrences missed meanwhile are one. */
export async function workTimer(tx: Tx, clock: Clock, live: LiveJourneys): Promise<boolean> {
  const now = clock.now();
  const timer = await claimTimer(tx, now.toString());
  if (!timer) return false;
  const index = await live.read(tx);
  const journey = index.journeys.get(timer.journey_id);
  const entry = journey?.graphs.get(journey.version)?.entry;
  if (entry?.kind === "schedule") {
    await insertIntake(tx, {
      id: newId(clock),
      journey_id: timer.journey_id,
      cause: "schedule",
      key: timer.next_at,
      audience: entry.audience,
      at: timer.next_at,
      now: now.toString(),
    });
  }
  if (entry?.kind === "date") {
    const last = dayAhead(now);
    const due = dayAhead(Temporal.Instant.from(timer.next_at));
    const oldest = last.subtract({ days: MOST_DAYS_BEHIND });
    let day = Temporal.PlainDate.compare(due, oldest) < 0 ? oldest : due;
    for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
      await insertIntake(tx, {
        id: newId(clock),
        journey_id: timer.journey_id,
        cause: "date",
        key: day.toString(),
        audience: { day: day.toString(), only_coming: false },
        at: timer.next_at,
        now: now.toString(),
      });
    }
  }
  await setTimer(tx, timer.journey_id, entry ? nextLook(entry, now) : null);
  return true;
}

function nextLook(entry: Entry, now: Temporal.Instant): string | null {
  if (entry.kind === "schedule") return nextOccurrence(entry, now)?.toString() ?? null;
  if (entry.kind !== "date") return null;
  return dayAhead(now).add({ days: 1 }).toZonedDateTime("UTC").toInstant().subtract(AHEAD).toString();
}

/** The day that is about to begin somewhere. */
function dayAhead(now: Temporal.Instant): Temporal.PlainDate {
  return now.add(AHEAD).toZonedDateTimeISO("UTC").toPlainDate();
}

/** Which days of the year fall on `day` once moved by the entry's offset: `MM-DD`, or the whole date when not yearly. */
export function daysFor(entry: ByDate, day: Temporal.PlainDate): string[] {
  const target = day.subtract(entry.offset);
  if (!entry.yearly) return [target.toString()];
  const days = [target.toString().slice(5)];
  const stand = entry.feb29 === "mar1" ? "03-01" : "02-28";
  if (!target.inLeapYear && days[0] === stand) days.push("02-29");
  return days;
}
