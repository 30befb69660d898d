import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, list, one, rows, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../platform/pages.ts";
import { append } from "./append-events.ts";
import type { KilimEvent } from "./contracts.ts";

export interface Quarantined {
  readonly id: string;
  readonly at: string;
  readonly stage: "inbox" | "outbox";
  readonly reason: string;
  readonly event: unknown;
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
        items.map((item) => item.reason.slice(0, 500)),
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

export async function readQuarantine(db: Db, page: PageQuery): Promise<Page<Quarantined>> {
  const after = decodeCursor(page.after, 1);
  const found = await rows(
    db,
    sql<Quarantined>`
      select id, at, stage, reason, event from collect.quarantine
      where ${after ? sql`id < ${after[0]}::uuid` : sql`true`}
      order by id desc limit ${page.limit + 1}`,
  );
  return toPage(found, page.limit, (item) => [item.id]);
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
