import { readFile } from "node:fs/promises";
import { join } from "node:path";

import pg from "pg";

import type { KilimProcess } from "./kilim-process.ts";

/** A connection of our own to the embedded PostgreSQL, found as its own tools find it. */
export async function openState({ dataDir }: KilimProcess): Promise<pg.Client> {
  const lines = (await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n");
  const client = new pg.Client({ host: lines[4] ?? "", port: Number(lines[3]), user: "kilim", database: "kilim" });
  await client.connect();
  return client;
}

/** Writes people number `from` to `to` by SQL, as the fold would have left them after some visits. */
export async function addPeople(state: pg.Client, from: number, to: number): Promise<void> {
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
