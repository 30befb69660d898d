/**
 * Whether an event costs the same whatever number of people is known: 10,000 to 2,000,000 (`--sizes`). The people are
 * written by SQL, as the fold would have left them after some visits; what is measured comes in over HTTP.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

import pg from "pg";

import { defineLive } from "./ingest/live-definitions.ts";
import { batchesFor, sendLoad, untilWorkedIn } from "./ingest/load.ts";
import { type KilimProcess, type Part, startKilim } from "./lib/kilim-process.ts";
import { eventMaker } from "./lib/make-events.ts";
import { report, round } from "./lib/report.ts";

const { sizes, seconds } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000,500000,2000000" },
    seconds: { type: "string", default: "15" },
  },
}).values;

const kilim = await startKilim();
const state = await openState(kilim);
await defineLive(kilim);
const figures: Record<string, number> = {};
let known = 0;
for (const size of sizes.split(",").map(Number)) {
  await addPeople(state, known, size);
  known = size;
  const maker = eventMaker(size, `growth-${size}`);
  const batches = { connections: 8, path: "/v1/batch" };
  await sendLoad(kilim, { ...batches, next: batchesFor(5, 100, maker.next) });
  await untilWorkedIn(kilim);
  const before = kilim.cpuSeconds();
  const began = performance.now();
  const { accepted } = await sendLoad(kilim, { ...batches, next: batchesFor(Number(seconds), 100, maker.next) });
  await untilWorkedIn(kilim);
  const took = (performance.now() - began) / 1000;
  const after = kilim.cpuSeconds();
  const cpu = (Object.keys(after) as Part[]).reduce((sum, part) => sum + after[part] - before[part], 0);
  figures[`events_per_s_at_${size}`] = Math.round(accepted / took);
  figures[`cpu_s_per_1000_at_${size}`] = round(cpu / (accepted / 1000), 4);
}
await state.end();
await kilim.stop();
report(`growth: batches of 100, ${seconds} s at each number of people`, figures);

/** A connection of our own to the embedded PostgreSQL, found as its own tools find it. */
async function openState({ dataDir }: KilimProcess): Promise<pg.Client> {
  const lines = (await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n");
  const client = new pg.Client({ host: lines[4] ?? "", port: Number(lines[3]), user: "kilim", database: "kilim" });
  await client.connect();
  return client;
}

async function addPeople(state: pg.Client, from: number, to: number): Promise<void> {
  await state.query("create temporary table if not exists added (n int, id uuid)");
  await state.query("truncate added");
  await state.query("insert into added select n, uuidv7() from generate_series($1::int, $2::int - 1) as n", [from, to]);
  await state.query(`
    insert into identity.identifiers (type, value, profile_id, first_seen, last_seen, source)
    select type, value, id, now() - interval '90 days', now() - interval '1 day', 'growth' from added
    cross join lateral (values ('anonymous_id', 'device-' || n), ('user_id', 'user-' || n),
      ('email', 'user' || n || '@bench.example')) as held (type, value)`);
  await state.query(`
    insert into profiles.profiles (id, data)
    select id, json_build_object(
      'traits', json_build_object('email', 'user' || n || '@bench.example', 'city', 'Izmir', 'first_name', 'Ayşe'),
      'consent', json_build_object(), 'firstSeen', '2026-08-01T10:00:00.000Z', 'lastSeen', '2026-11-01T10:00:00.000Z',
      'memory', json_build_object(
        'traits', json_build_object('email', json_build_array('2026-08-01T10:00:00.000Z', 'm-' || n)),
        'channels', json_build_object('web', json_build_object('events', 12, 'last', '2026-11-01T10:00:00.000Z')),
        'views', json_build_object('p-1', '2026-11-01T10:00:00.000Z', 'p-2', '2026-10-01T10:00:00.000Z'),
        'category', json_build_array('2026-11-01T10:00:00.000Z', 'm-' || n, 'category-3'),
        'devices', json_build_array('device-' || n), 'events', 12))::text
    from added`);
  await state.query("insert into segments.people (profile_id) select id from added");
}
