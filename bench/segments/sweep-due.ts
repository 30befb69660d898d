import { setTimeout as pause } from "node:timers/promises";

import type pg from "pg";

import type { History } from "../../server/src/platform/history.ts";
import type { KilimProcess } from "../lib/kilim-process.ts";
import { createSegment, untilLive } from "./definitions.ts";

export interface Swept {
  readonly perS: number;
  /** From the first horizon until none was left. */
  readonly seconds: number;
  /** From the time at which an exit became true until it was made. */
  readonly lateP99Ms: number;
  readonly lateMaxMs: number;
  /** CPU of worker and PostgreSQL per person, with what comes in beside. */
  readonly usEach: number;
}

/** Time enough to write what falls due. */
const HEAD_START_S = 20;

/** Lets the first `people` known people fall due evenly over `over` seconds: each leaves a segment of 30 days. */
export async function sweepDue(
  kilim: KilimProcess,
  state: pg.Client,
  history: History,
  { people, over }: { readonly people: number; readonly over: number },
): Promise<Swept> {
  const name = `Called in the last 30 days, ${people}`;
  const event = `Called with ${people} others`;
  const id = await createSegment(kilim, name, { did: event, within: "P30D" });
  await untilLive(kilim);
  const first = Date.now() + HEAD_START_S * 1000;
  const due = `
    select profile_id, rule_id, $2::float8 + (row_number() over () * $3::float8) as at
    from (select profile_id from segments.people order by profile_id limit $4) as p,
      (select rule_id from segments.segments where id = $1) as s`;
  const given = [id, first, (over * 1000) / people, people];
  await state.query(
    `insert into segments.states (profile_id, predicate_id, state)
     select profile_id, (select id from segments.predicates where position('${event}' in key) > 0),
       jsonb_build_array(floor(at - 30 * 86400000.0)::int8)::text from (${due}) as due`,
    given,
  );
  await state.query(
    `insert into segments.memberships (profile_id, rule_id, entered_at)
     select profile_id, rule_id, to_timestamp(at / 1000) - interval '30 days' from (${due}) as due`,
    given,
  );
  await state.query(
    `insert into segments.horizons (profile_id, rule_id, due_at, historical)
     select profile_id, rule_id, to_timestamp(floor(at) / 1000), false from (${due}) as due`,
    given,
  );
  if (Date.now() > first) throw new Error("the first were due before all were written");
  await pause(Math.max(0, first - Date.now()));
  const before = kilim.cpuSeconds();
  const ends = first + over * 1000;
  while (Date.now() < ends || (await isAnyDue(state, id))) await pause(100);
  const seconds = (Date.now() - first) / 1000;
  const after = kilim.cpuSeconds();
  const usEach = ((after.worker - before.worker + after.postgres - before.postgres) / people) * 1e6;
  return { perS: Math.round(people / seconds), seconds, usEach, ...(await lateness(history, id, people)) };
}

async function isAnyDue(state: pg.Client, segmentId: string): Promise<boolean> {
  const { rows } = await state.query(
    `select 1 from segments.horizons where due_at <= now() and not waits
       and rule_id = (select rule_id from segments.segments where id = $1) limit 1`,
    [segmentId],
  );
  return rows.length > 0;
}

/** As the exits themselves tell: when they became true, and when they were written. */
async function lateness(history: History, segmentId: string, people: number) {
  for (;;) {
    const [row] = await history.query<{ n: number; p99: number; max: number }>(
      `select count() as n, quantileExact(0.99)(late) as p99, max(late) as max from (
         select dateDiff('millisecond', timestamp, received_at) as late from events
         where name = 'Segment Exited' and JSONExtractString(properties, 'segment_id') = {segmentId:String})`,
      { segmentId },
    );
    if (row && row.n >= people) return { lateP99Ms: row.p99, lateMaxMs: row.max };
    await pause(200);
  }
}
