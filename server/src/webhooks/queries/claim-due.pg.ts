import { type Db, inTransaction, list, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { Target } from "./endpoints.pg.ts";

/** An endpoint that may be tried now. */
export interface OpenEndpoint {
  readonly id: string;
  readonly failures: number;
}

/** Enabled ones that do not rest. Few, read whole. */
export async function loadOpen(db: Db, now: string): Promise<OpenEndpoint[]> {
  return await rows(
    db,
    sql<OpenEndpoint>`
      select id, failures from webhooks.endpoints
      where state = 'enabled' and (rest_until is null or rest_until <= ${now}) order by id`,
  );
}

/** With where it goes, as of the moment of the claim. */
export interface ClaimedDelivery extends Target {
  readonly id: string;
  readonly endpoint_id: string;
  readonly claim: string;
  readonly attempts: number;
  readonly type: string;
  readonly profile_id: string | null;
  readonly happened_at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface ClaimOptions {
  readonly claim: string;
  readonly now: string;
  readonly leaseUntil: string;
  /** How many each endpoint can take. */
  readonly free: ReadonlyMap<string, number>;
  /** What this process still has in its hands: its lease may run out in a jump of the clock. */
  readonly busy: readonly { readonly id: string; readonly endpointId: string }[];
}

/**
 * Takes what is due for this worker alone, oldest first for each endpoint by itself. Whoever was found open
 * and has asked for a pause before this gets nothing. Leans on deliveries_due.
 */
export async function claimDue(db: Db, options: ClaimOptions): Promise<ClaimedDelivery[]> {
  return await inTransaction(db, async (tx) => {
    await walkInOrder(tx);
    return await claim(tx, options);
  });
}

/** Believing a queue short, the planner would fetch and sort all of it for each claim. */
async function walkInOrder(tx: Tx): Promise<void> {
  await sql`select set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)`.execute(tx);
}

function claim(tx: Tx, { claim: mark, now, leaseUntil, free, busy }: ClaimOptions): Promise<ClaimedDelivery[]> {
  return rows(
    tx,
    sql<ClaimedDelivery>`
      with picked as (
        select due.id, hands.endpoint_id
        from unnest(${list("uuid", [...free.keys()])}, ${list("int4", [...free.values()])}) as hands (endpoint_id, free)
        cross join lateral (
          select id from webhooks.deliveries d
          where d.endpoint_id = hands.endpoint_id and state in ('waiting', 'sending') and due_at <= ${now}
            and not exists (
              select 1 from unnest(${list(
                "uuid",
                busy.map(({ id }) => id),
              )}, ${list(
                "uuid",
                busy.map(({ endpointId }) => endpointId),
              )}) as busy (id, endpoint_id)
              where busy.id = d.id and busy.endpoint_id = d.endpoint_id
            )
          order by due_at limit hands.free
          for update skip locked
        ) as due
      )
      update webhooks.deliveries d
      set state = 'sending', claim = ${mark}, due_at = ${leaseUntil}, attempts = attempts + 1
      from picked join webhooks.endpoints e
        on e.id = picked.endpoint_id and e.state = 'enabled' and (e.rest_until is null or e.rest_until <= ${now})
      where d.id = picked.id and d.endpoint_id = picked.endpoint_id
      returning d.id, d.endpoint_id, d.claim, d.attempts, d.type, d.profile_id, d.happened_at, d.data,
                e.url, e.secret, e.old_secret, e.old_secret_until`,
  );
}

/** When an endpoint with a free hand can be tried next; null when nothing waits. One look per endpoint at deliveries_due. */
export async function nextDue(db: Db, full: readonly string[]): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string | null }>`
      select min(greatest(head.due_at, e.rest_until)) as at from webhooks.endpoints e
      cross join lateral (
        select due_at from webhooks.deliveries d
        where d.endpoint_id = e.id and state in ('waiting', 'sending') order by due_at limit 1
      ) as head
      where e.state = 'enabled' and e.id <> all (${list("uuid", full)})`,
  );
  return found?.at ?? null;
}
