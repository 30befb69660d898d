import { hash } from "node:crypto";

import type { Conflict, KilimEvent } from "../../collect/index.ts";
import { type Db, list, one, rows, sql, sqlState, type Tx } from "../../platform/db.ts";

const ALREADY_THERE = new Set(["42P07", "23505", "42710"]);

/** An id is looked for in every partition: a day each would be seven look-ups for one event. */
const DAYS_TOGETHER = 4;

/** Makes the partitions that events need before their transaction begins; each once per process. */
export class SeenPeriods {
  readonly #db: Db;
  readonly #known = new Set<string>();

  constructor(db: Db) {
    this.#db = db;
  }

  async ensureFor(events: readonly KilimEvent[]): Promise<void> {
    for (const day of new Set(events.map((event) => event.receivedAt.slice(0, 10)))) {
      if (this.#known.has(day) || !/^\d{4}-\d{2}-\d{2}$/.test(day)) continue;
      await ensurePeriod(this.#db, day);
      this.#known.add(day);
    }
  }
}

/** Two workers may try at once. Only ever added to, found by key and dropped whole: nothing for autovacuum to do. */
async function ensurePeriod(db: Db, day: string): Promise<void> {
  const days = periodOf(day).map((one) => `'${one}'`);
  try {
    await sql
      .raw(
        `create table if not exists ${partitionOf(day)} partition of pipeline.seen (primary key (id)) for values in (${days.join()}) with (autovacuum_enabled = off)`,
      )
      .execute(db);
  } catch (error) {
    if (!ALREADY_THERE.has(sqlState(error) ?? "")) throw error;
  }
}

/** Drops the partitions whose last day lies before `day`. */
export async function dropSeenBefore(db: Db, day: string): Promise<void> {
  const newest = partitionNamed(Temporal.PlainDate.from(day).subtract({ days: DAYS_TOGETHER }));
  const found = await rows(
    db,
    sql<{ name: string }>`
      select inhrelid::regclass::text as name from pg_inherits
      where inhparent = 'pipeline.seen'::regclass and inhrelid::regclass::text <= ${newest}`,
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
  const dayOf = (key: string) => byKey.get(key)?.receivedAt.slice(0, 10) ?? "";
  const days = new Set(events.map((event) => event.receivedAt.slice(0, 10)));
  const partitions = new Map([...days].map((day) => [day, partitionOf(day)]));
  for (const keys of Map.groupBy(byKey.keys(), (key) => partitions.get(dayOf(key))).values())
    known = known.union(await takeKeys(tx, keys.sort(), dayOf, byKey));
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
 * Remembers keys of one period; gives those that were known already. Straight into the partition: routing each row
 * through the parent costs as much as the index.
 */
async function takeKeys(
  tx: Tx,
  keys: readonly string[],
  dayOf: (key: string) => string,
  byKey: ReadonlyMap<string, KilimEvent>,
): Promise<Set<string>> {
  const days = keys.map(dayOf);
  const period = periodOf(days[0] ?? "");
  const taken = await one(
    tx,
    sql<{ ids: string[] | null }>`
      with taken as (
        insert into ${sql.raw(partitionOf(days[0] ?? ""))} (id, day, digest)
        select * from unnest(${list("uuid", keys)}, ${list("text", days)}::date[], ${list(
          "int4",
          keys.map((key) => byKey.get(key)?.digest ?? null),
        )}) as asked (id, day, digest)
        where not exists (select from pipeline.seen s where s.id = asked.id and s.day not in (${sql.join(period.map(literalDay))}))
        on conflict do nothing returning id
      )
      select array_agg(id::text) as ids from taken having count(*) < ${keys.length}`,
  );
  if (!taken) return new Set();
  return new Set(keys).difference(new Set((taken.ids ?? []).map((id) => id.replaceAll("-", ""))));
}

/** A constant, so that the planner leaves the period's own partition out. */
function literalDay(day: string) {
  return sql.raw(`date '${day}'`);
}

/** The days that share a partition. Only ever a date's digits: they stand in SQL as they are. */
function periodOf(day: string): string[] {
  const start = startOf(day);
  return Array.from({ length: DAYS_TOGETHER }, (_, n) => start.add({ days: n }).toString());
}

function startOf(day: string): Temporal.PlainDate {
  const date = Temporal.PlainDate.from(day);
  const { days } = EPOCH.until(date, { largestUnit: "days" });
  return EPOCH.add({ days: Math.floor(days / DAYS_TOGETHER) * DAYS_TOGETHER });
}

const EPOCH = Temporal.PlainDate.from("1970-01-01");

function partitionOf(day: string): string {
  return partitionNamed(startOf(day));
}

function partitionNamed(start: Temporal.PlainDate): string {
  return `pipeline.seen_from_${start.toString().replaceAll("-", "")}`;
}
