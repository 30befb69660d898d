import { inTransaction, type Tx } from "../../platform/db.ts";
import type { Entry } from "../contracts.ts";
import type { JourneysDeps } from "../deps.ts";
import { localMoment } from "../nodes/local-time.ts";
import type { Entering } from "../nodes/node-kind.ts";
import { advanceIntake, claimIntake, type IntakeRow } from "../queries/intakes.pg.ts";
import type { LiveJourneys } from "../runs/live-journeys.ts";
import type { CameBy } from "../runs/note.ts";
import { zoneOf } from "../runs/read-facts.ts";
import type { JourneyNews } from "../runs/work-batch.ts";
import { enterPeople } from "./enter-people.ts";
import { daysFor, workTimer } from "./set-timers.ts";

/** People per transaction: triggered runs are stepped in between. */
const CHUNK = 1_000;
/** Whose hour has passed longer ago than this (the house was down) is left out. */
const LATEST = { hours: 24 };

/** Lets the next part of a crowd in; false when nobody waits. Killed in between, it goes on behind the last part. */
export async function runIntake(deps: JourneysDeps, live: LiveJourneys, told: JourneyNews): Promise<boolean> {
  return await inTransaction(deps.db, async (tx) => {
    if (await workTimer(tx, deps.clock, live)) return true;
    const intake = await claimIntake(tx);
    if (!intake) return false;
    const index = await live.read(tx);
    const journey = index.journeys.get(intake.journey_id);
    const entry = journey?.graphs.get(journey.version)?.entry;
    const found = entry ? await nextPeople(tx, deps, intake, entry) : [];
    const entering = entry ? await asEntering(tx, deps, intake, entry, found) : [];
    const entered = await enterPeople(tx, deps, live, entering, told);
    await advanceIntake(tx, intake.id, {
      cursor: found.at(-1) ?? null,
      looked: found.length,
      entered: entered.size,
      finishedAt: found.length < CHUNK ? deps.clock.now().toString() : null,
    });
    told.touched.add(intake.journey_id);
    return true;
  });
}

function nextPeople(tx: Tx, deps: JourneysDeps, intake: IntakeRow, entry: Entry): Promise<readonly string[]> {
  const { audience, cursor } = intake;
  if (!("day" in audience)) return deps.segments.people(tx, audience, cursor, CHUNK);
  if (entry.kind !== "date") return Promise.resolve([]);
  return deps.peopleByDate(tx, entry.trait, daysFor(entry, Temporal.PlainDate.from(audience.day)), cursor, CHUNK);
}

async function asEntering(
  tx: Tx,
  deps: JourneysDeps,
  { audience, journey_id: journeyId, cause, at }: IntakeRow,
  entry: Entry,
  found: readonly string[],
): Promise<Entering[]> {
  if (!("day" in audience) || entry.kind !== "date") {
    const came: CameBy = cause === "schedule" ? { by: "schedule", at } : { by: "list" };
    return found.map((profileId) => ({ journeyId, profileId, key: "", carries: {}, came }));
  }
  const day = Temporal.PlainDate.from(audience.day);
  const earliest = audience.only_coming ? deps.clock.now() : deps.clock.now().subtract(LATEST);
  const profiles = entry.zone === "person" ? await deps.loadProfiles(tx, found) : new Map();
  return found.flatMap((profileId) => {
    const zone = entry.zone === "person" ? zoneOf(profiles.get(profileId), deps.timeZone) : entry.zone;
    const startsAt = localMoment(day, entry.at, zone);
    if (Temporal.Instant.compare(startsAt, earliest) < 0) return [];
    // Once a day: whoever takes a day for two would greet twice.
    return [
      {
        journeyId,
        profileId,
        key: audience.day,
        carries: {},
        came: { by: "date", trait: entry.trait, day: audience.day },
        startsAt: startsAt.toString(),
      },
    ];
  });
}
