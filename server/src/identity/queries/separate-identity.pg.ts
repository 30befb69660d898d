import { list, sql, type Tx } from "../../platform/db.ts";
import type { Identifier } from "../extract-identifiers.ts";

/** Two people out of one, as identity keeps them. */
export interface SeparateIdentity {
  readonly from: string;
  readonly into: string;
  /** `from`, whoever was merged into it before, and whom its identifiers have brought since. */
  readonly members: readonly string[];
  /** What `from` gets back of the identifiers. */
  readonly identifiers: readonly Identifier[];
  /** Ids under which History keeps some of `from`'s events. */
  readonly hosts: readonly string[];
  readonly pair: string;
  readonly log: { readonly id: string; readonly at: string; readonly reason: string; readonly actor: string };
}

/**
 * No batch looks identifiers up until this transaction ends, and none is under way that has: what it would do next rests
 * on whose they were. Taken first, so that nobody waits crosswise; gives up after a while rather than hold everybody up.
 */
export async function holdIdentifiers(tx: Tx): Promise<void> {
  await sql`set local lock_timeout = '5s'`.execute(tx);
  await sql`lock table identity.identifiers in access exclusive mode`.execute(tx);
  await sql`set local lock_timeout = 0`.execute(tx);
}

export async function separateIdentity(tx: Tx, given: SeparateIdentity): Promise<void> {
  const { from, into, members, identifiers, hosts, pair, log } = given;
  const types = list(
    "text",
    identifiers.map((identifier) => identifier.type),
  );
  const values = list(
    "text",
    identifiers.map((identifier) => identifier.value),
  );
  await sql`
    with back as materialized (select * from unnest(${types}, ${values}) as back (type, value)),
    held as (
      update identity.identifiers i set profile_id = ${from} from back
      where i.type = back.type and i.value = back.value and i.profile_id = ${into}
    ),
    sessions as (
      update identity.shopper_sessions set profile_id = ${from}
      where profile_id = ${into} and (email in (select value from back where type = 'email')
        or (anonymous_id in (select value from back where type = 'anonymous_id')
          and not exists (select from identity.identifiers where type = 'email' and value = shopper_sessions.email and profile_id = ${into})))
    ),
    own as (delete from identity.aliases where from_id = ${from}),
    others as (
      update identity.aliases set into_id = ${from} where from_id = any(${list("uuid", members)}) and from_id <> ${from}
    ),
    undone as (delete from identity.merged where from_id = ${from}),
    brought as (
      update identity.merged set into_id = ${from}
      where from_id = any(${list("uuid", members)}) and from_id <> ${from} and into_id <> all(${list("uuid", members)})
    ),
    lodged as (
      insert into identity.lodgings (person_id, profile_id) select ${from}, unnest(${list("uuid", hosts)}) on conflict do nothing
    ),
    apart as (
      insert into identity.apart (pair, side, profile_id, since)
      values (${pair}, 0, ${from}, ${log.at}), (${pair}, 1, ${into}, ${log.at})
    )
    insert into identity.merge_log (id, at, kind, from_id, into_id, reason, actor)
    values (${log.id}, ${log.at}, 'separate', ${from}, ${into}, ${log.reason}, ${log.actor})`.execute(tx);
}
