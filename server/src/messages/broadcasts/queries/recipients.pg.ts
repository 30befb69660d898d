import { type Db, list, one, rows, send, sql, type Tx } from "../../../platform/db.ts";
import { WAVES } from "../broadcast.ts";

export interface Recipient {
  readonly profileId: string;
  readonly wave: number;
  readonly variant: string | null;
  readonly dueAt: string;
}

/** One place each, however often the same page is read; gives how many are new. */
export async function insertRecipients(tx: Tx, broadcastId: string, recipients: readonly Recipient[]): Promise<number> {
  if (recipients.length === 0) return 0;
  const column = <K extends keyof Recipient>(key: K) => recipients.map((recipient) => recipient[key]);
  const result = await sql`
    insert into messages.recipients (broadcast_id, profile_id, wave, variant, due_at)
    select ${broadcastId}, new.profile_id, new.wave, new.variant, new.due_at
    from unnest(${list("uuid", column("profileId"))}, ${list("int4", column("wave"))},
                ${list("text", column("variant"))}, ${list("timestamptz", column("dueAt"))})
      as new (profile_id, wave, variant, due_at)
    on conflict (broadcast_id, profile_id) do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}

export interface Taken {
  readonly profile_id: string;
  readonly variant: string | null;
}

/**
 * Takes out those whose turn has come, the longest due first. Leans on recipients_turn. Picked once: inside the join a
 * plan may pick anew for each row, and so take more than the limit.
 */
export async function takeRecipients(
  tx: Tx,
  ask: { readonly broadcastId: string; readonly wave: number; readonly now: string; readonly limit: number },
): Promise<Taken[]> {
  return rows(
    tx,
    sql<Taken>`
      with picked as materialized (
        select profile_id from messages.recipients
        where broadcast_id = ${ask.broadcastId} and wave = ${ask.wave} and due_at <= ${ask.now}
        order by due_at limit ${ask.limit} for update
      )
      delete from messages.recipients r using picked
      where r.broadcast_id = ${ask.broadcastId} and r.profile_id = picked.profile_id
      returning r.profile_id, r.variant`,
  );
}

/** When the next turn of a wave comes; null when nobody is left in it. Leans on recipients_turn. */
export async function nextTurn(db: Db, broadcastId: string, wave: number): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string | null }>`
      select min(due_at) as at from messages.recipients where broadcast_id = ${broadcastId} and wave = ${wave}`,
  );
  return found?.at ?? null;
}

/** Whoever's turn has not come is left out; those held out stay, to be compared with. */
export async function dropRecipients(tx: Tx, broadcastId: string, heldOut: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from messages.recipients where broadcast_id = ${broadcastId} and wave <> ${heldOut}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Leans on recipients_profile. Where both people had a place, the one who lives keeps theirs. */
export async function moveRecipients(tx: Tx, moves: ReadonlyMap<string, string>): Promise<void> {
  if (moves.size === 0) return;
  const from = list("uuid", [...moves.keys()]);
  const into = list("uuid", [...moves.values()]);
  await sql`
    with moved as (
      delete from messages.recipients r using unnest(${from}, ${into}) as merge (from_id, into_id)
      where r.profile_id = merge.from_id returning r.*, merge.into_id
    )
    insert into messages.recipients
      (broadcast_id, profile_id, first_profile_id, wave, variant, due_at, ordered_at, revenue_minor, currency)
    select distinct on (broadcast_id, into_id) broadcast_id, into_id, coalesce(first_profile_id, profile_id), wave,
           variant, due_at, ordered_at, revenue_minor, currency
    from moved order by broadcast_id, into_id, profile_id
    on conflict (broadcast_id, profile_id) do nothing`.execute(tx);
}

/** Gives back their places to people who live again. Leans on recipients_profile. */
export async function moveRecipientsBack(
  tx: Tx,
  { from, into, members }: { readonly from: string; readonly into: string; readonly members: readonly string[] },
): Promise<void> {
  await sql`
    update messages.recipients set profile_id = ${from}
    where profile_id = ${into} and first_profile_id = any(${list("uuid", members)})`.execute(tx);
}

/** The first order of those held out, within its time after the broadcast began. Leans on recipients_profile. */
export function noteHeldOut(
  tx: Tx,
  orders: readonly {
    readonly profileId: string;
    readonly at: string;
    readonly since: string;
    readonly revenue: number;
    readonly currency: string;
  }[],
): void {
  const column = <K extends keyof (typeof orders)[number]>(key: K) => orders.map((order) => order[key]);
  send(
    tx,
    sql`
    update messages.recipients r set ordered_at = o.at, revenue_minor = o.revenue, currency = o.currency
    from (
      select distinct on (profile_id) * from unnest(
        ${list("uuid", column("profileId"))}, ${list("timestamptz", column("at"))},
        ${list("timestamptz", column("since"))}, ${list("int8", column("revenue"))}, ${list("text", column("currency"))})
        as o (profile_id, at, since, revenue, currency) order by profile_id, at
    ) as o, messages.broadcasts b
    where r.profile_id = o.profile_id and r.wave = ${WAVES.heldOut} and r.ordered_at is null
      and b.id = r.broadcast_id and b.started_at between o.since and o.at`,
  );
}
