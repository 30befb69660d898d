import { hash } from "node:crypto";

import type { Conflict, KilimEvent } from "../../collect/index.ts";
import { type Db, list, rows, sql, sqlState, type Tx } from "../../platform/db.ts";

const ALREADY_THERE = new Set(["42P07", "23505", "42710"]);

/** Makes the partitions that events need before their transaction begins; each once per process. */
export class SeenDays {
  readonly #db: Db;
  readonly #known = new Set<string>();

  constructor(db: Db) {
    this.#db = db;
  }

  async ensureFor(events: readonly KilimEvent[]): Promise<void> {
    for (const day of new Set(events.map((event) => event.receivedAt.slice(0, 10)))) {
      if (this.#known.has(day) || !/^\d{4}-\d{2}-\d{2}$/.test(day)) continue;
      await ensureSeenDay(this.#db, day);
      this.#known.add(day);
    }
  }
}

/** Two workers may try at once. */
async function ensureSeenDay(db: Db, day: string): Promise<void> {
  const name = partitionOf(day);
  try {
    await sql.raw(`create table if not exists ${name} partition of pipeline.seen for values in ('${day}')`).execute(db);
  } catch (error) {
    if (!ALREADY_THERE.has(sqlState(error) ?? "")) throw error;
  }
}

/** Drops the partitions of days before `day`. */
export async function dropSeenBefore(db: Db, day: string): Promise<void> {
  const found = await rows(
    db,
    sql<{ name: string }>`
      select inhrelid::regclass::text as name from pg_inherits
      where inhparent = 'pipeline.seen'::regclass and inhrelid::regclass::text < ${partitionOf(day)}`,
  );
  for (const { name } of found) await sql.raw(`drop table if exists ${name}`).execute(db);
}

/** The same id from the same source, as 16 bytes. */
export function repeatKey(event: Pick<KilimEvent, "source" | "messageId">): string {
  return hash("md5", `${event.source}\0${event.messageId}`, "hex");
}

export interface Sifted {
  readonly fresh: KilimEvent[];
  /** Came under a known id of their source with another payload. */
  readonly conflicts: Conflict[];
}

/**
 * Keeps the first of each event and remembers it; what was seen in the last days is left out. An id that another
 * transaction is just taking is waited for: it comes back as known when that one commits, as new when it does not.
 */
export async function keepNew(tx: Tx, events: readonly KilimEvent[]): Promise<Sifted> {
  const byKey = new Map<string, KilimEvent>();
  const conflicts: Conflict[] = [];
  for (const event of events) {
    const key = repeatKey(event);
    const first = byKey.get(key);
    if (!first) byKey.set(key, event);
    else if (differs(first.digest, event.digest)) conflicts.push({ event, first: first.digest });
  }
  let known = new Set<string>();
  for (const [day, keys] of Map.groupBy(byKey.keys(), (key) => byKey.get(key)?.receivedAt.slice(0, 10) ?? ""))
    known = known.union(await takeKeys(tx, day, keys, byKey));
  if (known.size === 0) return { fresh: [...byKey.values()], conflicts };
  for (const { id, digest } of await readDigests(tx, [...known])) {
    const event = byKey.get(id.replaceAll("-", ""));
    if (event && differs(digest, event.digest)) conflicts.push({ event, first: digest });
  }
  return { fresh: [...byKey].flatMap(([key, event]) => (known.has(key) ? [] : event)), conflicts };
}

function differs(first: number | null | undefined, second: number | undefined): first is number {
  return typeof first === "number" && second !== undefined && first !== second;
}

async function readDigests(tx: Tx, keys: readonly string[]): Promise<{ id: string; digest: number | null }[]> {
  return rows(
    tx,
    sql<{ id: string; digest: number | null }>`
      select id, digest from pipeline.seen where id = any(${list("uuid", keys)})`,
  );
}

/**
 * Remembers keys of one day's receipt; gives those that were known already. Straight into the day's partition: routing
 * each row through the parent costs as much as the index.
 */
async function takeKeys(
  tx: Tx,
  day: string,
  keys: readonly string[],
  byKey: ReadonlyMap<string, KilimEvent>,
): Promise<Set<string>> {
  const partition = sql.raw(partitionOf(day));
  const digests = keys.map((key) => byKey.get(key)?.digest ?? null);
  const found = await rows(
    tx,
    sql<{ id: string }>`
      with asked as materialized (
        select * from unnest(${list("uuid", keys)}, ${list("int4", digests)}) as t (id, digest)
      ), taken as (
        insert into ${partition} (id, day, digest)
        select id, ${day}::date, digest from asked
        where not exists (select from pipeline.seen s where s.id = asked.id and s.day <> ${day}::date)
        on conflict do nothing returning id
      )
      select id from asked except all select id from taken`,
  );
  return new Set(found.map((row) => row.id.replaceAll("-", "")));
}

/** Only ever a date's digits: it stands in SQL as it is. */
function partitionOf(day: string): string {
  return `pipeline.seen_${Temporal.PlainDate.from(day).toString().replaceAll("-", "")}`;
}
