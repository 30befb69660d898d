import type { Clock } from "../../platform/clock.ts";
import { list, rows, sql, type Tx } from "../../platform/db.ts";
import { followMerges } from "../../platform/follow-merges.ts";
import { newId } from "../../platform/ids.ts";
import { keyOf } from "../held.ts";
import type { Joined } from "../outcome.ts";

/** Who joined them and why, for people to read. */
export interface MergeCause {
  readonly reason: string;
  readonly actor: string;
}

export const AUTOMATIC: MergeCause = { reason: "identifiers", actor: "pipeline" };

/** An id that leads to another one from now on. */
export interface Moved {
  readonly from_id: string;
  readonly into_id: string;
}

/**
 * Points everything of the merged profiles at the one that lives on, older aliases included, and writes down who was
 * joined and why. Gives where every id leads that this has moved. One statement: each table once, however many merges.
 */
export async function applyMerges(
  tx: Tx,
  clock: Clock,
  merges: readonly Joined[],
  { reason, actor }: MergeCause,
): Promise<Moved[]> {
  const last = followMerges(merges);
  return rows(
    tx,
    sql<Moved>`
      with m as materialized (
        select * from unnest(${list("uuid", [...last.keys()])}, ${list("uuid", [...last.values()])}) as m (from_id, into_id)
      ),
      held as (update identity.identifiers i set profile_id = m.into_id from m where i.profile_id = m.from_id),
      sessions as (update identity.shopper_sessions s set profile_id = m.into_id from m where s.profile_id = m.from_id),
      apart as (update identity.apart p set profile_id = m.into_id from m where p.profile_id = m.from_id),
      older as (
        update identity.aliases a set into_id = m.into_id from m where a.into_id = m.from_id returning a.from_id, a.into_id
      ),
      fresh as (
        insert into identity.aliases (from_id, into_id) select from_id, into_id from m
        on conflict (from_id) do update set into_id = excluded.into_id returning from_id, into_id
      ),
      logged as (
        insert into identity.merge_log (id, at, from_id, into_id, reason, actor, evidence)
        select id, ${clock.now().toString()}, from_id, into_id, ${reason}, ${actor}, evidence
        from unnest(${list(
          "uuid",
          merges.map(() => newId(clock)),
        )}, ${list(
          "uuid",
          merges.map((merge) => merge.from),
        )}, ${list(
          "uuid",
          merges.map((merge) => merge.into),
        )}, ${list(
          "jsonb",
          merges.map((merge) => JSON.stringify(merge.evidence)),
        )}) as t (id, from_id, into_id, evidence)
      )
      select from_id, into_id from older union all select from_id, into_id from fresh`,
  );
}

/**
 * Keeps what it takes to undo these merges: whom each was joined to directly, and which identifiers were its own. `batch`
 * is the id under which History hears of them.
 */
export async function rememberMerges(tx: Tx, merges: readonly Joined[], batch: number): Promise<void> {
  await sql`
    insert into identity.merged (from_id, into_id, batch, identifiers, evidence)
    select from_id, into_id, ${batch}, identifiers, evidence from unnest(${list(
      "uuid",
      merges.map((merge) => merge.from),
    )}, ${list(
      "uuid",
      merges.map((merge) => merge.into),
    )}, ${list(
      "jsonb",
      merges.map((merge) => JSON.stringify(merge.identifiers)),
    )}, ${list(
      "jsonb",
      merges.map((merge) => JSON.stringify(merge.evidence.map(keyOf))),
    )}) as t (from_id, into_id, identifiers, evidence)
    on conflict (from_id) do update set into_id = excluded.into_id, batch = excluded.batch,
      identifiers = excluded.identifiers, evidence = excluded.evidence`.execute(tx);
}
