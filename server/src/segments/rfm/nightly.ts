import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import { createDueLoop, type DueLoop } from "../../platform/due-loop.ts";
import type { Log } from "../../platform/log.ts";
import type { Grammar } from "../contracts.ts";
import { newestVersion } from "./queries/versions.pg.ts";

/** When most shops are closed and most people sleep; also in the hour that a change of clocks skips or repeats. */
const NIGHT = "03:00";
/** A new shop is looked at more often until enough of its people have ordered. */
const FIRST_LOOKS = { minutes: 10 } as const;

/** The first night's moment after `after` in the retailer's zone. */
export function nextNight(after: Temporal.Instant, zone: string): Temporal.Instant {
  const here = after.toZonedDateTimeISO(zone);
  const on = (day: Temporal.PlainDate) => day.toZonedDateTime({ timeZone: zone, plainTime: NIGHT });
  const tonight = on(here.toPlainDate());
  const isAhead = Temporal.ZonedDateTime.compare(tonight, here) > 0;
  return (isAhead ? tonight : on(here.toPlainDate().add({ days: 1 }))).toInstant();
}

export interface NightlyDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly grammar: Pick<Grammar, "timeZone">;
  recompute(): Promise<unknown>;
}

type NextDeps = Pick<NightlyDeps, "db" | "clock" | "grammar">;

/** When boundaries are due. The night after the last ones, or at once while there are none. */
export async function nextRecompute({ db, clock, grammar }: NextDeps): Promise<Temporal.Instant> {
  const newest = await newestVersion(db);
  return newest ? nextNight(Temporal.Instant.from(newest.computed_at), grammar.timeZone) : clock.now();
}

/** Recomputes the boundaries each night. Of several nodes the first that gets to it does. */
export function createNightly(deps: NightlyDeps): DueLoop {
  const { clock } = deps;
  let lookedAt: Temporal.Instant | null = null;
  const due = async (): Promise<Temporal.Instant> => {
    const next = await nextRecompute(deps);
    // A look that found too few people leaves nothing behind.
    const again = lookedAt?.add(FIRST_LOOKS);
    return again && Temporal.Instant.compare(again, next) > 0 ? again : next;
  };
  return createDueLoop({
    clock,
    async work() {
      if (Temporal.Instant.compare(await due(), clock.now()) > 0) return;
      lookedAt = clock.now();
      await deps.recompute();
    },
    nextDue: async () => (await due()).toString(),
    onWake: () => () => {},
    onError: (error) => deps.log.warn({ err: error }, "the boundaries of scores could not be computed; trying again"),
  });
}
