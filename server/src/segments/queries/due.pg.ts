import type { RawBuilder } from "kysely";

import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { MembershipChange } from "../contracts.ts";

export interface Pair {
  readonly profile_id: string;
  readonly rule_id: string;
  readonly due_at: string;
}

/** The people whose answers may have changed by time, longest overdue first. Index horizons_due. */
export async function duePeople(tx: Tx, now: string, limit: number): Promise<string[]> {
  const found = await rows(
    tx,
    sql<{ profile_id: string }>`
      select distinct profile_id from (
        select profile_id from segments.horizons where due_at <= ${now} and not waits order by due_at limit ${limit}
      ) as due`,
  );
  return found.map((row) => row.profile_id);
}

/** Whether the sweep has left anything that was due by then. Index horizons_due. */
export async function isAnyDue(tx: Tx, at: string): Promise<boolean> {
  const found = await one(tx, sql`select 1 from segments.horizons where due_at <= ${at} and not waits limit 1`);
  return found !== undefined;
}

/** What is due for people who are locked by now; another sweep may have done some of it. */
export async function duePairs(tx: Tx, profileIds: readonly string[], now: string): Promise<Pair[]> {
  return await rows(
    tx,
    sql<Pair>`
      select profile_id, rule_id, due_at from segments.horizons
      where profile_id = any(${list("uuid", profileIds)}) and due_at <= ${now} and not waits
      order by due_at`,
  );
}

export async function removeHorizons(tx: Tx, profileIds: readonly string[]): Promise<void> {
  if (profileIds.length === 0) return;
  await sql`delete from segments.horizons where profile_id = any(${list("uuid", profileIds)})`.execute(tx);
}

/** When the sweeper has work next: at once while changes of a switch wait. RFC 3339, null for never. */
export async function nextDueAt(db: Db): Promise<string | null> {
  const row = await one(
    db,
    sql<{ due_at: string | null }>`
      select least(
        (select due_at from segments.horizons where not waits order by due_at limit 1),
        (select at from segments.pending_changes order by id limit 1)
      ) as due_at`,
  );
  return row?.due_at ?? null;
}

export interface PendingRow {
  readonly segment_id: string;
  readonly segment_name: string;
  readonly profile_id: string;
  readonly kind: "entered" | "exited";
  readonly at: string;
  readonly historical: boolean;
}

/** The oldest changes of switches that nobody has been told of yet, each given once. */
export async function takePending(tx: Tx, limit: number): Promise<PendingRow[]> {
  return await takePendingWhere(
    tx,
    sql`id in (select id from segments.pending_changes order by id limit ${limit} for update skip locked)`,
  );
}

/** Those of some people: they have to be told before anything new happens to these. Index pending_changes_profile. */
export async function takePendingOf(tx: Tx, profileIds: readonly string[]): Promise<PendingRow[]> {
  return await takePendingWhere(tx, sql`profile_id = any(${list("uuid", profileIds)})`);
}

async function takePendingWhere(tx: Tx, condition: RawBuilder<unknown>): Promise<PendingRow[]> {
  return await rows(
    tx,
    sql<PendingRow>`
      with taken as (
        delete from segments.pending_changes where ${condition} returning id, segment_id, profile_id, kind, at, historical
      )
      select taken.segment_id, segments.name as segment_name, taken.profile_id, taken.kind, taken.at,
             taken.historical
      from taken join segments.segments on segments.id = taken.segment_id order by taken.id`,
  );
}

export function toChange(row: PendingRow): MembershipChange {
  return {
    segmentId: row.segment_id,
    segmentName: row.segment_name,
    profileId: row.profile_id,
    kind: row.kind,
    at: row.at,
    historical: row.historical,
  };
}
