import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, list, one, rows, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../platform/pages.ts";
import { append } from "./append-events.ts";
import type { KilimEvent } from "./contracts.ts";
import { clean } from "./rejections/describe-rejection.ts";
import { escapeLike, type RejectionFilter } from "./rejections/queries/find-rejections.pg.ts";

export interface Quarantined {
  readonly id: string;
  readonly at: string;
  readonly stage: "inbox" | "outbox";
  readonly reason: string;
  readonly event: unknown;
  readonly has_raw: boolean;
}

export interface SetAside {
  readonly stage: "inbox" | "outbox";
  readonly reason: string;
  /** The event, when it can be kept as JSON; else `raw` holds it escaped. */
  readonly event: KilimEvent | null;
  readonly raw: string | null;
}

/** Keeps what could not be worked in or shipped, with the reason. */
export async function setAside(db: Db, clock: Clock, items: readonly SetAside[]): Promise<void> {
  await sql`
    insert into collect.quarantine (id, at, stage, reason, event, raw)
    select id, ${clock.now().toString()}, stage, reason, event, raw
    from unnest(
      ${list(
        "uuid",
        items.map(() => newId(clock)),
      )}, ${list(
        "text",
        items.map((item) => item.stage),
      )},
      ${list(
        "text",
        items.map((item) => clean(item.reason, 500)),
      )},
      ${list(
        "jsonb",
        items.map((item) => (item.event ? JSON.stringify(item.event) : null)),
      )},
      ${list(
        "text",
        items.map((item) => item.raw),
      )}
    ) as t (id, stage, reason, event, raw)`.execute(db);
}

const COLUMNS = sql`id, at, stage, reason, event, raw is not null as has_raw`;

/** What was set aside, newest first. */
export async function findQuarantined(db: Db, filter: RejectionFilter, limit: number): Promise<Quarantined[]> {
  const { source, type, name, identifier, before } = filter;
  const quoted = JSON.stringify((identifier ?? "").toLowerCase());
  return rows(
    db,
    sql<Quarantined>`
      select ${COLUMNS} from collect.quarantine
      where ${source === undefined ? sql`true` : sql`event ->> 'source' = ${source}`}
        and ${type === undefined ? sql`true` : sql`event ->> 'type' = ${type}`}
        and ${name === undefined ? sql`true` : sql`lower(event ->> 'name') like ${`%${escapeLike(name.toLowerCase())}%`}`}
        and ${identifier === undefined ? sql`true` : sql`position(${quoted} in lower(event::text)) > 0`}
        and ${before === undefined ? sql`true` : sql`(at, id::text collate "C") < (${before.at}, ${before.tie})`}
      order by at desc, id::text collate "C" desc limit ${limit}`,
  );
}

export async function readQuarantine(db: Db, page: PageQuery): Promise<Page<Quarantined>> {
  const after = decodeCursor(page.after, 2);
  const before = after ? { at: String(after[0]), tie: String(after[1]) } : undefined;
  const found = await findQuarantined(db, { before }, page.limit + 1);
  return toPage(found, page.limit, (item) => [item.at, item.id]);
}

/** One with all of it; `raw` is base64 of what no JSON column takes. */
export async function readQuarantined(db: Db, id: string): Promise<(Quarantined & { raw: string | null }) | null> {
  const found = await one(
    db,
    sql<Quarantined & { raw: string | null }>`select ${COLUMNS}, raw from collect.quarantine where id = ${id}`,
  );
  return found ?? null;
}

/** Throws one away for good. */
export async function discardQuarantined(db: Db, id: string): Promise<boolean> {
  const gone = await one(db, sql`delete from collect.quarantine where id = ${id} returning id`);
  return gone !== undefined;
}

/** Sends one again; it comes back here with a new reason if nothing was mended. */
export async function retryQuarantined(db: Db, id: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const found = await one(
      tx,
      sql<{
        event: KilimEvent | null;
      }>`delete from collect.quarantine where id = ${id} and event is not null returning event`,
    );
    if (!found?.event) return false;
    await append(tx, [found.event]);
    return true;
  });
}
