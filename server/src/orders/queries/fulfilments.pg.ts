import { anyOf, type Db, list, one, rows, send, sql, type Tx } from "../../platform/db.ts";
import type { FulfilmentState } from "../contracts.ts";
import { before, IN_HOUSE } from "../transitions.ts";

export interface FulfilmentRow {
  readonly id: string;
  readonly order_id: string;
  readonly kind: "delivery" | "pickup" | "locker" | "counter";
  readonly location_id: string;
  readonly store_id: string | null;
  readonly state: FulfilmentState;
  readonly promised_at: string | null;
  /** When something has to happen by itself. */
  readonly due_at: string | null;
  readonly accepted_at: string | null;
  readonly ready_at: string | null;
  readonly is_reminded: boolean;
  readonly expires_at: string | null;
  readonly code_hash: string | null;
  readonly compartment: string | null;
  readonly collector_name: string | null;
  readonly collector_email: string | null;
  readonly carrier: string | null;
  readonly tracking_number: string | null;
  readonly tracking_url: string | null;
  readonly carrier_state: string | null;
  readonly carrier_at: string | null;
  readonly shipped_at: string | null;
  readonly delivered_at: string | null;
  readonly collected_at: string | null;
  readonly collected_by: string | null;
  readonly ended_reason: string | null;
  readonly actor: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface FulfilmentLineRow {
  readonly fulfilment_id: string;
  readonly position: number;
  readonly variant_id: string;
  readonly quantity: number;
}

export type NewFulfilment = Pick<
  FulfilmentRow,
  "id" | "order_id" | "kind" | "location_id" | "store_id" | "state" | "created_at" | "updated_at"
> &
  Partial<FulfilmentRow>;

export function insertFulfilments(
  tx: Tx,
  fulfilments: readonly NewFulfilment[],
  lines: readonly FulfilmentLineRow[],
): void {
  const text = JSON.stringify(fulfilments.map((row) => ({ is_reminded: false, ...row })));
  send(
    tx,
    sql`
      insert into orders.fulfilment
      select * from jsonb_populate_recordset(null::orders.fulfilment, ${text}::jsonb)`,
  );
  send(
    tx,
    sql`
      insert into orders.fulfilment_line
      select * from jsonb_populate_recordset(null::orders.fulfilment_line, ${JSON.stringify(lines)}::jsonb)`,
  );
}

export function loadFulfilment(db: Db, id: string): Promise<FulfilmentRow | undefined> {
  return one(db, sql<FulfilmentRow>`select * from orders.fulfilment where id = ${id}`);
}

/** Those of some orders, in the order in which they were made. */
export function loadFulfilments(db: Db, orderIds: readonly string[]): Promise<FulfilmentRow[]> {
  return rows(
    db,
    sql<FulfilmentRow>`
      select * from orders.fulfilment where order_id ${anyOf("uuid", orderIds)} order by id`,
  );
}

export function loadFulfilmentLines(db: Db, ids: readonly string[]): Promise<FulfilmentLineRow[]> {
  return rows(
    db,
    sql<FulfilmentLineRow>`
      select fulfilment_id, position, variant_id, quantity from orders.fulfilment_line
      where fulfilment_id ${anyOf("uuid", ids)} order by fulfilment_id, position`,
  );
}

/** What a step writes beside the state. */
export type Change = Partial<Omit<FulfilmentRow, "id" | "order_id" | "state" | "created_at">>;

export interface Step {
  readonly id: string;
  readonly change?: Change;
}

/**
 * Takes a step, if it is legal from where each fulfilment stands: of two that race, one does. Answers with those that took
 * it. Leaving `ready` takes the code with it, and whatever was due.
 */
export async function takeSteps(
  tx: Tx,
  state: FulfilmentState,
  at: string,
  steps: readonly Step[],
): Promise<FulfilmentRow[]> {
  if (steps.length === 0) return [];
  const given = steps.map(({ id, change }) => ({
    id,
    change: { due_at: null, code_hash: null, ...change, state, updated_at: at },
  }));
  return rows(
    tx,
    sql<FulfilmentRow>`
      update orders.fulfilment f
      set (state, promised_at, due_at, accepted_at, ready_at, is_reminded, expires_at, code_hash, compartment, carrier,
           tracking_number, tracking_url, shipped_at, delivered_at, collected_at, collected_by, ended_reason, actor,
           updated_at) =
        (select n.state, n.promised_at, n.due_at, n.accepted_at, n.ready_at, n.is_reminded, n.expires_at, n.code_hash,
                n.compartment, n.carrier, n.tracking_number, n.tracking_url, n.shipped_at, n.delivered_at,
                n.collected_at, n.collected_by, n.ended_reason, n.actor, n.updated_at
         from jsonb_populate_record(f, g.change) as n)
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, change jsonb)
      where f.id = g.id and f.state = any(${list("text", before(state))})
      returning f.*`,
  );
}

/** The same for one; nothing when it may not be taken (any more). */
export async function takeStep(
  tx: Tx,
  id: string,
  state: FulfilmentState,
  at: string,
  change: Change = {},
): Promise<FulfilmentRow | undefined> {
  return (await takeSteps(tx, state, at, [{ id, change }]))[0];
}

/** Who else may fetch it, while it is still here. */
export async function saveCollector(
  db: Db,
  id: string,
  { name, email }: { readonly name: string; readonly email: string | null },
): Promise<boolean> {
  const result = await sql`
    update orders.fulfilment set collector_name = ${name}, collector_email = ${email}
    where id = ${id} and state = any(${list("text", IN_HOUSE)})`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** A reminder goes out once; what is due next is the end of its time. */
export async function noteReminded(tx: Tx, id: string): Promise<boolean> {
  const result = await sql`
    update orders.fulfilment set is_reminded = true, due_at = expires_at
    where id = ${id} and state = 'ready' and not is_reminded`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** Keeps what a carrier says once; the newest by the carrier's own time is shown. */
export async function noteTracking(
  tx: Tx,
  told: { readonly id: string; readonly fulfilment_id: string; readonly state: string; readonly at: string },
  note: string | null,
  now: string,
): Promise<boolean> {
  const result = await sql`
    insert into orders.tracking (id, fulfilment_id, state, note, at, told_at)
    values (${told.id}, ${told.fulfilment_id}, ${told.state}, ${note}, ${told.at}, ${now})
    on conflict do nothing`.execute(tx);
  await sql`
    update orders.fulfilment set carrier_state = ${told.state}, carrier_at = ${told.at}
    where id = ${told.fulfilment_id} and (carrier_at is null or carrier_at <= ${told.at})`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export interface TrackingRow {
  readonly fulfilment_id: string;
  readonly state: string;
  readonly note: string | null;
  readonly at: string;
}

/** All that carriers said of some fulfilments, by the carriers' own time. */
export function loadTracking(db: Db, ids: readonly string[]): Promise<TrackingRow[]> {
  return rows(
    db,
    sql<TrackingRow>`
      select fulfilment_id, state, note, at from orders.tracking
      where fulfilment_id ${anyOf("uuid", ids)} order by at`,
  );
}

/** Takes units off a fulfilment's lines; what is used up is gone. */
export async function takeOffLines(
  tx: Tx,
  id: string,
  lines: readonly { readonly position: number; readonly quantity: number }[],
): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r (position int4, quantity int4)`;
  await sql`
    delete from orders.fulfilment_line l using ${given}
    where l.fulfilment_id = ${id} and l.position = r.position and l.quantity <= r.quantity`.execute(tx);
  await sql`
    update orders.fulfilment_line l set quantity = l.quantity - r.quantity from ${given}
    where l.fulfilment_id = ${id} and l.position = r.position and l.quantity > r.quantity`.execute(tx);
}

export interface FulfilmentFilter {
  readonly store: string | null;
  readonly state: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/** A store's queue, oldest first: without a state whatever waits for somebody. Leans on fulfilment (store_id, id). */
export function listFulfilments(db: Db, { store, state, after, limit }: FulfilmentFilter): Promise<FulfilmentRow[]> {
  const which = state === null ? sql`state in ('assigned', 'accepted', 'ready')` : sql`state = ${state}`;
  return rows(
    db,
    sql<FulfilmentRow>`
      select * from orders.fulfilment
      where ${which} and (${store}::uuid is null or store_id = ${store}::uuid)
        and (${after}::uuid is null or id > ${after}::uuid)
      order by id limit ${limit}`,
  );
}

export function findByCode(db: Db, storeId: string, codeHash: string): Promise<FulfilmentRow | undefined> {
  return one(
    db,
    sql<FulfilmentRow>`
      select * from orders.fulfilment where store_id = ${storeId} and code_hash = ${codeHash} and state = 'ready'`,
  );
}

/** Fulfilments for which something is due by itself, the longest due first. */
export function findDue(db: Db, now: string, limit: number): Promise<FulfilmentRow[]> {
  return rows(
    db,
    sql<FulfilmentRow>`select * from orders.fulfilment where due_at <= ${now} order by due_at limit ${limit}`,
  );
}

export async function nextDue(db: Db): Promise<string | null> {
  const found = await one(db, sql<{ at: string | null }>`select min(due_at) as at from orders.fulfilment`);
  return found?.at ?? null;
}

/** Makes the order's own states follow from its fulfilments; all that is gone counts no more. */
export async function rollUp(tx: Tx, orderId: string, at: string): Promise<void> {
  await sql`
    update orders.book b
    set fulfilment_state = f.rolled, updated_at = ${at},
        state = case f.rolled when 'fulfilled' then 'completed' when 'cancelled' then 'cancelled' else 'placed' end
    from (
      select case
          when count(*) filter (where state in ('planned', 'assigned', 'accepted', 'ready', 'shipped', 'delivered', 'collected')) = 0
            then 'cancelled'
          when count(*) filter (where state in ('planned', 'assigned', 'accepted', 'ready')) = 0 then 'fulfilled'
          when count(*) filter (where state in ('shipped', 'delivered', 'collected')) > 0 then 'partially_fulfilled'
          else 'unfulfilled' end as rolled
      from orders.fulfilment where order_id = ${orderId}) f
    where b.id = ${orderId}`.execute(tx);
}
