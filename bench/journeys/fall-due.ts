import { setTimeout as pause } from "node:timers/promises";

import type pg from "pg";

import { percentile } from "../lib/report.ts";

export interface Lateness {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const LOOK_MS = 20;

/** How much later than their time (ms) runs of a journey have left `node`, as another connection sees them. */
export async function lateness(state: pg.Client, journeyId: string, node: string): Promise<Lateness> {
  await state.query(
    `create temporary table planned as select id, wake_at as at from journeys.runs where journey_id = $1 and node = $2`,
    [journeyId, node],
  );
  await state.query("create index on planned (at)");
  const late: number[] = [];
  for (;;) {
    const { rows } = await state.query<{ late: number }>(
      `delete from planned p using journeys.runs r
       where r.id = p.id and p.at <= clock_timestamp() and r.node <> $1
       returning extract(epoch from clock_timestamp() - p.at)::float8 * 1000 as late`,
      [node],
    );
    for (const row of rows) late.push(row.late);
    const { rows: left } = await state.query<{ left: boolean }>("select exists (select from planned) as left");
    if (!left[0]?.left) break;
    await pause(LOOK_MS);
  }
  await state.query("drop table planned");
  late.sort((a, b) => a - b);
  return { p50: percentile(late, 0.5), p99: percentile(late, 0.99), max: late.at(-1) ?? 0 };
}
