import { type Db, one, sql } from "../../platform/db.ts";
import type { Proof } from "../contracts.ts";

export interface OptInRequest {
  readonly id: string;
  readonly email: string;
  readonly purposes: readonly string[];
  readonly wording: string;
  readonly source: string;
  readonly language: string;
  readonly proof: Proof;
  readonly created_at: string;
  readonly expires_at: string;
  readonly confirmed_at: string | null;
}

/**
 * Writes a request down unless this address has had its fill of mails since then; false when it had. Requests for one
 * address are counted one after the other. Leans on requests_email.
 */
export async function insertRequest(
  tx: Db,
  request: Omit<OptInRequest, "confirmed_at">,
  limit: { readonly most: number; readonly since: string },
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`consent.request:${request.email}`}, 0))`.execute(tx);
  const done = await sql`
    insert into consent.requests (id, email, purposes, wording, source, language, proof, created_at, expires_at)
    select ${request.id}, ${request.email}, ${request.purposes}, ${request.wording}, ${request.source},
           ${request.language}, ${JSON.stringify(request.proof)}, ${request.created_at}, ${request.expires_at}
    where (select count(*) from consent.requests
           where email = ${request.email} and created_at > ${limit.since}) < ${limit.most}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** One that was asked by a link alone is written down; others are already. */
export async function keepRequest(tx: Db, request: OptInRequest): Promise<void> {
  await sql`
    insert into consent.requests (id, email, purposes, wording, source, language, proof, created_at, expires_at)
    values (${request.id}, ${request.email}, ${request.purposes}, ${request.wording}, ${request.source},
            ${request.language}, ${JSON.stringify(request.proof)}, ${request.created_at}, ${request.expires_at})
    on conflict (id) do nothing`.execute(tx);
}

export async function loadRequest(db: Db, id: string): Promise<OptInRequest | undefined> {
  return one(
    db,
    sql<OptInRequest>`
      select id, email, purposes, wording, source, language, proof, created_at, expires_at, confirmed_at
      from consent.requests where id = ${id}`,
  );
}

/** True for the first who confirms. */
export async function confirmRequest(tx: Db, id: string, now: string): Promise<boolean> {
  const done = await sql`
    update consent.requests set confirmed_at = ${now}
    where id = ${id} and confirmed_at is null and expires_at > ${now}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** Forgets what nobody confirmed in time. */
export async function forgetRequests(db: Db, before: string): Promise<void> {
  await sql`delete from consent.requests where confirmed_at is null and expires_at < ${before}`.execute(db);
}
