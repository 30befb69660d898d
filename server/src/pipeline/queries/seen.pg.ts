import { hash } from "node:crypto";

import type { KilimEvent } from "../../collect/index.ts";
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
  const name = `pipeline.seen_${day.replaceAll("-", "")}`;
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
      where inhparent = 'pipeline.seen'::regclass and inhrelid::regclass::text < ${`pipeline.seen_${day.replaceAll("-", "")}`}`,
  );
  for (const { name } of found) await sql.raw(`drop table if exists ${name}`).execute(db);
}

/** The same id from the same source, as 16 bytes. */
export function repeatKey(event: Pick<KilimEvent, "source" | "messageId">): string {
  return hash("md5", `${event.source}\0${event.messageId}`, "hex");
}

/**
 * Keeps the first of each event and remembers it; what was seen in the last days is left out. An id that another
 * transaction is just taking is waited for: it comes back as known when that one commits, as new when it does not.
 */
export async function keepNew(tx: Tx, events: readonly KilimEvent[]): Promise<KilimEvent[]> {
  const byKey = new Map<string, KilimEvent>();
  for (const event of events) {
    const key = repeatKey(event);
    if (!byKey.has(key)) byKey.set(key, event);
  }
  const days = [...byKey.values()].map((event) => event.receivedAt.slice(0, 10));
  const taken = await rows(
    tx,
    sql<{ id: string }>`
      insert into pipeline.seen (id, day)
      select t.id, t.day from unnest(${list("uuid", [...byKey.keys()])}, ${list("text", days)}::date[]) as t (id, day)
      where not exists (select 1 from pipeline.seen s where s.id = t.id)
      on conflict do nothing returning id`,
  );
  const fresh = new Set(taken.map((row) => row.id.replaceAll("-", "")));
  return fresh.size === byKey.size
    ? [...byKey.values()]
    : [...byKey].filter(([key]) => fresh.has(key)).map(([, event]) => event);
}
