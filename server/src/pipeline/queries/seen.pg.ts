import { hash } from "node:crypto";

import type { KilimEvent } from "../../collect/index.ts";
import { type Db, list, rows, sql, sqlState, type Tx } from "../../platform/db.ts";

/** Another transaction has just taken one of these message ids; the batch must look again. */
class RepeatRace extends Error {
  readonly code = "40001";
}

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

/** Keeps the first of each event and remembers it; what was seen in the last days is left out. */
export async function keepNew(tx: Tx, events: readonly KilimEvent[]): Promise<KilimEvent[]> {
  const byKey = new Map<string, KilimEvent>();
  for (const event of events) {
    const key = repeatKey(event);
    if (!byKey.has(key)) byKey.set(key, event);
  }
  const known = await rows(
    tx,
    sql<{ id: string }>`select id from pipeline.seen where id = any(${list("uuid", [...byKey.keys()])})`,
  );
  for (const { id } of known) byKey.delete(id.replaceAll("-", ""));
  if (byKey.size === 0) return [];
  const result = await sql`
    insert into pipeline.seen (id, day)
    select * from unnest(${list("uuid", [...byKey.keys()])}, ${list(
      "text",
      [...byKey.values()].map((event) => event.receivedAt.slice(0, 10)),
    )}::date[])
    on conflict do nothing`.execute(tx);
  if (Number(result.numAffectedRows ?? 0) !== byKey.size)
    throw new RepeatRace("a message id was taken by another transaction");
  return [...byKey.values()];
}
