import { type Db, one, rows, sql } from "../../../platform/db.ts";
import type { AuditView } from "../shapes.ts";

export type AuditRow = AuditView;

const VIEW = sql`
  select audits.id, audits.segment_id, audits.state, audits.people, audits.looked_at,
    audits.created_at, audits.started_at, audits.ended_at, found.*
  from segments.audits
  cross join lateral (
    select coalesce(sum(differences), 0)::int8 as differences, coalesce(sum(unsettled), 0)::int8 as unsettled,
      coalesce(jsonb_agg(jsonb_build_object('segment_id', segments.id, 'name', segments.name, 'looked_at', audited.looked_at,
        'members', members, 'differences', differences, 'unsettled', unsettled, 'complete', audited.looked_at = audits.looked_at)
        order by differences desc, lower(segments.name)), '[]') as segments
    from segments.audited join segments.segments on segments.id = audited.segment_id
    where audited.audit_id = audits.id
  ) as found`;

export async function insertAudit(db: Db, audit: { id: string; segmentId: string | null; now: string }): Promise<void> {
  await sql`
    insert into segments.audits (id, segment_id, state, created_at)
    values (${audit.id}, ${audit.segmentId}, 'waiting', ${audit.now})`.execute(db);
}

export async function findAudit(db: Db, id: string): Promise<AuditRow | undefined> {
  return await one(db, sql<AuditRow>`${VIEW} where audits.id = ${id}`);
}

/** Newest first. Those of one segment are its own, and those of all. */
export async function listAudits(
  db: Db,
  { segmentId, before, limit }: { segmentId: string | null; before: string | null; limit: number },
): Promise<AuditRow[]> {
  return await rows(
    db,
    sql<AuditRow>`${VIEW}
      where (${segmentId}::uuid is null or audits.segment_id is null or audits.segment_id = ${segmentId})
        and (${before}::uuid is null or audits.id < ${before})
      order by audits.id desc limit ${limit}`,
  );
}

/** Whether it stood where it can be moved from, and has been. */
export async function moveAudit(
  db: Db,
  { id, from, to, now }: { id: string; from: readonly string[]; to: "waiting" | "cancelled"; now: string },
): Promise<boolean> {
  const moved = await one(
    db,
    sql`
      update segments.audits set state = ${to}, lease_until = null, attempts = 0,
        ended_at = case when ${to} = 'cancelled' then ${now}::timestamptz end
      where id = ${id} and state = any(${from as string[]}) returning 1`,
  );
  return moved !== undefined;
}

export interface DifferenceRow {
  readonly segment_id: string;
  readonly segment_name: string;
  readonly profile_id: string;
  readonly is_member: boolean;
  readonly found_at: string;
}

/** By segment and person. Primary key. */
export async function listDifferences(
  db: Db,
  given: { auditId: string; segmentId: string | null; after: readonly (string | number)[] | null; limit: number },
): Promise<DifferenceRow[]> {
  const [segmentId = null, profileId = null] = given.after ?? [];
  return await rows(
    db,
    sql<DifferenceRow>`
      select segment_id, segments.name as segment_name, profile_id, is_member, found_at
      from segments.audit_differences join segments.segments on segments.id = segment_id
      where audit_id = ${given.auditId} and (${given.segmentId}::uuid is null or segment_id = ${given.segmentId})
        and (${segmentId}::uuid is null or (segment_id, profile_id) > (${segmentId}::uuid, ${profileId}::uuid))
      order by segment_id, profile_id limit ${given.limit}`,
  );
}
