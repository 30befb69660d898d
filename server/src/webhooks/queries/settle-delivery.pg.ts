import { type Db, list, one, sql } from "../../platform/db.ts";
import type { Try } from "../contracts.ts";
import type { ClaimedDelivery } from "./claim-due.pg.ts";

/** Older tries are forgotten. */
const KEPT_TRIES = 20;

type Claimed = Pick<ClaimedDelivery, "id" | "endpoint_id" | "claim">;

export interface Settlement {
  readonly state: "waiting" | "delivered" | "failed";
  readonly made: Try;
  /** When to try again; of no meaning at an end. */
  readonly dueAt: string;
}

/** Writes what a try has come to; false when another worker has the claim by now, or the person was erased. */
export async function settleDelivery(db: Db, claimed: Claimed, end: Settlement): Promise<boolean> {
  return (await settled(claimed, end).execute(db)).numAffectedRows === 1n;
}

/**
 * Writes that it was delivered, and that the endpoint is well again, in one statement. The latter once a minute, not for
 * each of a thousand successes.
 */
export async function settleSuccess(db: Db, claimed: Claimed, made: Try, unlessSince: string): Promise<void> {
  await sql`
    with settled as (${settled(claimed, { state: "delivered", made, dueAt: made.at })} returning endpoint_id)
    update webhooks.endpoints e
    set failures = 0, failing_since = null, rest_until = null, last_success_at = ${made.at}
    from settled
    where e.id = settled.endpoint_id
      and (failing_since is not null or last_success_at is null or last_success_at < ${unlessSince})`.execute(db);
}

function settled({ id, endpoint_id, claim }: Claimed, { state, made, dueAt }: Settlement) {
  return sql`
    update webhooks.deliveries
    set state = ${state}, claim = null, due_at = ${dueAt}, tries = ${withTry(made)},
        settled_at = case when ${state} = 'waiting' then null else ${made.at}::timestamptz end
    where id = ${id} and endpoint_id = ${endpoint_id} and claim = ${claim} and state = 'sending'`;
}

function withTry(made: Try) {
  const all = sql`tries || ${JSON.stringify([made])}::jsonb`;
  return sql`case when jsonb_array_length(tries) < ${KEPT_TRIES} then ${all} else (${all}) - 0 end`;
}

/** Gives back what was claimed and has come to no end of its own; due at once. */
export async function unclaim(db: Db, { id, endpoint_id, claim }: Claimed, now: string): Promise<void> {
  await sql`
    update webhooks.deliveries set state = 'waiting', claim = null, due_at = ${now}, attempts = attempts - 1
    where id = ${id} and endpoint_id = ${endpoint_id} and claim = ${claim} and state = 'sending'`.execute(db);
}

export interface Failure {
  readonly now: string;
  /** Whether the endpoint as a whole is in trouble, not this delivery alone. */
  readonly isTrouble: boolean;
  /** How long to leave it alone after so many failed rounds, in seconds. */
  readonly restSeconds: readonly number[];
  /** Not before; what the endpoint has asked for. */
  readonly notBefore: string | null;
  /** Who has failed since before this is disabled. */
  readonly givenUpSince: string;
}

/** Notes a failure; whether it was the one after which the endpoint is disabled. Several of one round count once. */
export async function noteFailure(db: Db, endpointId: string, failure: Failure): Promise<boolean> {
  const { now, isTrouble, restSeconds, notBefore, givenUpSince } = failure;
  const isNewRound = sql`${isTrouble}::bool and (rest_until is null or rest_until <= ${now})`;
  const rests = list("int4", restSeconds);
  const found = await one(
    db,
    sql<{ is_given_up: boolean }>`
      update webhooks.endpoints
      set failing_since = coalesce(failing_since, ${now}),
          failures = failures + case when ${isNewRound} then 1 else 0 end,
          rest_until = greatest(
            case when ${isNewRound}
              then ${now}::timestamptz + make_interval(secs => (${rests})[least(failures + 1, ${restSeconds.length})])
              else rest_until end,
            ${notBefore}::timestamptz),
          state = case when failing_since <= ${givenUpSince} then 'disabled' else state end,
          disabled_reason = case when failing_since <= ${givenUpSince} then 'failing' end,
          disabled_at = case when failing_since <= ${givenUpSince} then ${now}::timestamptz end
      where id = ${endpointId} and state = 'enabled'
      returning state = 'disabled' as is_given_up`,
  );
  return found?.is_given_up ?? false;
}
