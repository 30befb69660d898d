import { type Db, list, one, rows, sql, type Tx } from "../../../platform/db.ts";
import type { Condition } from "../../contracts.ts";

/** An audit as the worker that holds it sees it. */
export interface Audit {
  readonly id: string;
  readonly epoch: number;
  readonly attempts: number;
  readonly after_profile: string | null;
}

/** Takes the oldest that nobody works on, under a new epoch: whoever held it before can write nothing more. */
export async function claimAudit(db: Db, { now, until }: { now: string; until: string }): Promise<Audit | undefined> {
  return await one(
    db,
    sql<Audit>`
      update segments.audits set state = 'running', epoch = epoch + 1, attempts = attempts + 1, lease_until = ${until},
        started_at = coalesce(started_at, ${now}), ended_at = null
      where id = (
        select id from segments.audits where state = 'waiting' or (state = 'running' and lease_until < ${now})
        order by id limit 1 for update skip locked
      )
      returning id, epoch, attempts, after_profile`,
  );
}

/** When the first lease of a worker runs out. */
export async function nextLeaseEnd(db: Db): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string | null }>`select min(lease_until) as at from segments.audits where state = 'running'`,
  );
  return found?.at ?? null;
}

/** What the audit is of: the rules in force when it begins, and how many people there are. */
export async function noteSubjects(db: Db, auditId: string): Promise<void> {
  await sql`
    insert into segments.audited (audit_id, segment_id, rule_id)
    select audits.id, segments.id, segments.rule_id from segments.audits
    join segments.segments on audits.segment_id is null or segments.id = audits.segment_id
    where audits.id = ${auditId} and archived_at is null and not is_hidden and segments.rule_id is not null
    on conflict do nothing`.execute(db);
  await sql`update segments.audits set people = (select count(*) from segments.people) where id = ${auditId}`.execute(
    db,
  );
}

export interface Subject {
  readonly segment_id: string;
  readonly rule_id: string;
  readonly definition: Condition;
}

/** Those of its rules that are in force still. */
export async function loadSubjects(db: Db, auditId: string): Promise<Subject[]> {
  return await rows(
    db,
    sql<Subject>`
      select audited.segment_id, audited.rule_id, rules.definition from segments.audited
      join segments.segments on segments.id = audited.segment_id and segments.rule_id = audited.rule_id
      join segments.rules on rules.id = audited.rule_id
      where audit_id = ${auditId} order by audited.segment_id`,
  );
}

/** Locks the audit for what one page of people has brought; false when it was cancelled or has another holder. */
export async function holdAudit(tx: Tx, { id, epoch }: Audit): Promise<boolean> {
  const held = await one(
    tx,
    sql`select 1 from segments.audits where id = ${id} and epoch = ${epoch} and state = 'running' for update`,
  );
  return held !== undefined;
}

export interface Finding {
  readonly segmentId: string;
  readonly members: number;
  readonly unsettled: number;
  /** Person → whether State has them in. */
  readonly differences: ReadonlyMap<string, boolean>;
}

export async function saveFinding(
  tx: Tx,
  auditId: string,
  { segmentId, members, unsettled, differences }: Finding,
  given: { readonly lookedAt: number; readonly most: number; readonly now: string },
): Promise<void> {
  await sql`
    insert into segments.audit_differences (audit_id, segment_id, profile_id, is_member, found_at)
    select ${auditId}, ${segmentId}, profile_id, is_member, ${given.now}
    from unnest(${list("uuid", [...differences.keys()])}, ${list("bool", [...differences.values()])}) as found (profile_id, is_member)
    limit greatest(0, ${given.most} - (
      select count(*) from segments.audit_differences where audit_id = ${auditId} and segment_id = ${segmentId}))
    on conflict do nothing`.execute(tx);
  await sql`
    update segments.audited set looked_at = looked_at + ${given.lookedAt}, members = members + ${members},
      differences = differences + ${differences.size}, unsettled = unsettled + ${unsettled}
    where audit_id = ${auditId} and segment_id = ${segmentId}`.execute(tx);
}

export async function advanceAudit(
  tx: Tx,
  id: string,
  given: {
    readonly after: string | null;
    readonly lookedAt: number;
    readonly until: string;
    readonly endedAt: string | null;
  },
): Promise<void> {
  await sql`
    update segments.audits set after_profile = ${given.after}, looked_at = looked_at + ${given.lookedAt}, attempts = 0,
      lease_until = ${given.endedAt === null ? given.until : null}, ended_at = ${given.endedAt},
      state = ${given.endedAt === null ? "running" : "done"}
    where id = ${id}`.execute(tx);
}

/** Gives it back: to wait for another turn, or for good. */
export async function releaseAudit(db: Db, audit: Audit, state: "waiting" | "failed", now: string): Promise<void> {
  await sql`
    update segments.audits set state = ${state}, lease_until = null, ended_at = ${state === "failed" ? now : null}
    where id = ${audit.id} and epoch = ${audit.epoch} and state = 'running'`.execute(db);
}
