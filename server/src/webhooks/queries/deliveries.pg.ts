import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { DeliveryFilter, DeliveryItem, DeliveryState, DeliveryView, Try } from "../contracts.ts";

const item = sql`
  id, type, profile_id, happened_at, state, attempts, settled_at,
  case when state in ('waiting', 'sending') then due_at end as next_at`;

const FILTERS: Readonly<Record<DeliveryFilter, ReturnType<typeof sql>>> = {
  waiting: sql`state in ('waiting', 'sending')`,
  delivered: sql`state = 'delivered'`,
  missed: sql`state in ('failed', 'skipped')`,
};

/** Newest first. Leans on deliveries_newest; for what was missed on deliveries_missed. */
export async function listDeliveries(
  db: Db,
  endpointId: string,
  { filter, before, limit }: { filter: DeliveryFilter | undefined; before: string | null; limit: number },
): Promise<DeliveryItem[]> {
  return await rows(
    db,
    sql<DeliveryItem>`
      select ${item}, tries -> -1 as last_try from webhooks.deliveries
      where endpoint_id = ${endpointId} and ${filter ? FILTERS[filter] : sql`true`}
        and ${before === null ? sql`true` : sql`id < ${before}`}
      order by id desc limit ${limit}`,
  );
}

export type FoundDelivery = Omit<DeliveryView, "body"> & { readonly data: Readonly<Record<string, unknown>> };

export async function findDelivery(db: Db, endpointId: string, id: string): Promise<FoundDelivery | undefined> {
  return await one(
    db,
    sql<FoundDelivery>`
      select ${item}, tries, data from webhooks.deliveries where id = ${id} and endpoint_id = ${endpointId}`,
  );
}

export interface TestDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly type: string;
  readonly state: DeliveryState;
  readonly made: Try;
}

/** A test message, with what it has come to. */
export async function insertTest(db: Db, { id, endpointId, type, state, made }: TestDelivery): Promise<void> {
  await sql`
    insert into webhooks.deliveries (id, endpoint_id, type, happened_at, data, state, attempts, due_at, tries, settled_at)
    values (${id}, ${endpointId}, ${type}, ${made.at}, '{}', ${state}, 1, ${made.at}, ${JSON.stringify([made])}::jsonb,
            ${made.at})`.execute(db);
}

/** Sends one again, from the first try on; false when it waits already. */
export async function requeue(db: Db, endpointId: string, id: string, now: string): Promise<boolean> {
  const done = await sql`
    update webhooks.deliveries set state = 'waiting', attempts = 0, due_at = ${now}, settled_at = null
    where id = ${id} and endpoint_id = ${endpointId} and state in ('delivered', 'failed', 'skipped')`.execute(db);
  return done.numAffectedRows === 1n;
}

export interface Replay {
  /** The first id of the period, and the first after it: ids are in the order of time. */
  readonly from: string;
  readonly until: string;
  readonly withDelivered: boolean;
  readonly test: string;
  readonly now: string;
}

/** Sends a period again; how many. Test messages stay. Leans on deliveries_newest or deliveries_missed. */
export async function requeuePeriod(db: Db, endpointId: string, replay: Replay): Promise<number> {
  const states = replay.withDelivered
    ? sql`state in ('delivered', 'failed', 'skipped')`
    : sql`state in ('failed', 'skipped')`;
  const done = await sql`
    update webhooks.deliveries set state = 'waiting', attempts = 0, due_at = ${replay.now}, settled_at = null
    where endpoint_id = ${endpointId} and id >= ${replay.from} and id < ${replay.until} and ${states}
      and type <> ${replay.test}`.execute(db);
  return Number(done.numAffectedRows ?? 0);
}

/** What has waited is not sent any more. */
export async function skipWaiting(db: Db, endpointId: string, now: string): Promise<void> {
  await sql`
    update webhooks.deliveries set state = 'skipped', claim = null, settled_at = ${now}
    where endpoint_id = ${endpointId} and state in ('waiting', 'sending')`.execute(db);
}

/** Deletes some of those with ids before this one; how many. Leans on the primary key. */
export async function forgetDeliveries(db: Db, before: string, limit: number): Promise<number> {
  const done = await sql`
    delete from webhooks.deliveries where (id, endpoint_id) in (
      select id, endpoint_id from webhooks.deliveries where id < ${before} order by id limit ${limit}
    )`.execute(db);
  return Number(done.numAffectedRows ?? 0);
}

/** The oldest there is; null for none. */
export async function oldestDelivery(db: Db): Promise<string | null> {
  const found = await one(db, sql<{ id: string }>`select id from webhooks.deliveries order by id limit 1`);
  return found?.id ?? null;
}
