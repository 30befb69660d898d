import { type Db, list, one, rows, sql } from "../../platform/db.ts";
import type { SealedSecrets } from "../../platform/outbound/webhook-secret.ts";
import type { EndpointBody, EndpointView } from "../contracts.ts";

const COUNTED = 10_000;

const view = sql`
  e.id, e.url, e.description, e.types, e.segment_ids, e.state, e.disabled_reason, e.disabled_at, e.failing_since,
  e.last_success_at, e.old_secret_until, e.created_at, e.updated_at,
  (select count(*)::int4 from (
     select 1 from webhooks.deliveries d where d.endpoint_id = e.id and d.state in ('waiting', 'sending') limit ${COUNTED}
   ) as counted) as waiting`;

export async function listEndpoints(db: Db, after: string | null, limit: number): Promise<EndpointView[]> {
  return await rows(
    db,
    sql<EndpointView>`
      select ${view} from webhooks.endpoints e
      where ${after === null ? sql`true` : sql`e.id > ${after}`} order by e.id limit ${limit}`,
  );
}

export async function findEndpoint(db: Db, id: string): Promise<EndpointView | undefined> {
  return await one(db, sql<EndpointView>`select ${view} from webhooks.endpoints e where e.id = ${id}`);
}

export interface NewEndpoint extends EndpointBody {
  readonly id: string;
  readonly secret: string;
  readonly now: string;
}

/** False when there are `most` already. Leans on nothing: there are few. */
export async function insertEndpoint(db: Db, endpoint: NewEndpoint, most: number): Promise<boolean> {
  // Two at once must not both count `most - 1`.
  await sql`lock table webhooks.endpoints in share row exclusive mode`.execute(db);
  const done = await sql`
    insert into webhooks.endpoints (id, url, description, types, segment_ids, secret, state, created_at, updated_at)
    select ${endpoint.id}, ${endpoint.url}, ${endpoint.description}, ${list("text", endpoint.types)},
           ${segments(endpoint)}, ${endpoint.secret}, 'enabled', ${endpoint.now}, ${endpoint.now}
    where (select count(*) from webhooks.endpoints) < ${most}`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function updateEndpoint(db: Db, id: string, body: EndpointBody, now: string): Promise<void> {
  await sql`
    update webhooks.endpoints
    set url = ${body.url}, description = ${body.description}, types = ${list("text", body.types)},
        segment_ids = ${segments(body)}, updated_at = ${now}
    where id = ${id}`.execute(db);
}

function segments({ segment_ids }: EndpointBody) {
  return segment_ids === null ? sql`null::uuid[]` : list("uuid", segment_ids);
}

/** What waits for it goes with its age: nobody finds it any more. */
export async function removeEndpoint(db: Db, id: string): Promise<void> {
  await sql`delete from webhooks.endpoints where id = ${id}`.execute(db);
}

/** The secret in force goes on signing until `until`. */
export async function replaceSecret(db: Db, id: string, secret: string, until: string, now: string): Promise<void> {
  await sql`
    update webhooks.endpoints
    set old_secret = secret, old_secret_until = ${until}, secret = ${secret}, updated_at = ${now} where id = ${id}`.execute(
    db,
  );
}

export async function enableEndpoint(db: Db, id: string): Promise<void> {
  await sql`
    update webhooks.endpoints
    set state = 'enabled', disabled_reason = null, disabled_at = null, failures = 0, failing_since = null, rest_until = null
    where id = ${id}`.execute(db);
}

export async function disableEndpoint(db: Db, id: string, reason: "manual" | "gone", now: string): Promise<void> {
  await sql`
    update webhooks.endpoints set state = 'disabled', disabled_reason = ${reason}, disabled_at = ${now}
    where id = ${id} and state = 'enabled'`.execute(db);
}

/** Lets an endpoint that rests after failures be tried at once. */
export async function endRest(db: Db, id: string): Promise<void> {
  await sql`update webhooks.endpoints set rest_until = null where id = ${id}`.execute(db);
}

export async function hasEndpoints(db: Db): Promise<boolean> {
  return (await one(db, sql`select 1 from webhooks.endpoints limit 1`)) !== undefined;
}

/** Where messages go, and what signs them. */
export interface Target extends SealedSecrets {
  readonly url: string;
}

export async function findTarget(db: Db, id: string): Promise<Target | undefined> {
  return await one(
    db,
    sql<Target>`select url, secret, old_secret, old_secret_until from webhooks.endpoints where id = ${id}`,
  );
}
