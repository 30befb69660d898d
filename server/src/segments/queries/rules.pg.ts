import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { Condition } from "../contracts.ts";

export async function insertRule(
  tx: Tx,
  rule: { id: string; segmentId: string; definition: Condition; state: "filling" | "deciding"; now: string },
): Promise<void> {
  await sql`
    insert into segments.rules (id, segment_id, definition, state, created_at)
    values (${rule.id}, ${rule.segmentId}, ${JSON.stringify(rule.definition)}::jsonb, ${rule.state}, ${rule.now})`.execute(
    tx,
  );
}

/** What a rule says, inner segments written out. */
export async function ruleDefinition(db: Db, id: string): Promise<Condition | null> {
  const row = await one(db, sql<{ definition: Condition }>`select definition from segments.rules where id = ${id}`);
  return row?.definition ?? null;
}

/** Rules on their way to being live: those of the fill under way. */
export async function comingRules(db: Db): Promise<ComingRule[]> {
  return await rows(
    db,
    sql<ComingRule>`select id, segment_id, definition, state from segments.rules where state <> 'live' order by id`,
  );
}

export interface ComingRule {
  readonly id: string;
  readonly segment_id: string;
  readonly definition: Condition;
  readonly state: "filling" | "deciding";
}

export async function startDeciding(tx: Tx): Promise<void> {
  await sql`update segments.rules set state = 'deciding' where state = 'filling'`.execute(tx);
}

/** Takes rules away with everything that hangs on them. */
export async function removeRules(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from segments.horizons where rule_id = any(${list("uuid", ids)})`.execute(tx);
  await sql`delete from segments.memberships where rule_id = any(${list("uuid", ids)})`.execute(tx);
  await sql`delete from segments.rules where id = any(${list("uuid", ids)})`.execute(tx);
}

/** Rules of a segment in any state. */
export async function rulesOf(tx: Tx, segmentId: string): Promise<string[]> {
  const found = await rows(tx, sql<{ id: string }>`select id from segments.rules where segment_id = ${segmentId}`);
  return found.map((row) => row.id);
}

/** Who comes in and who goes out when `next` replaces `old`; with no `old` everybody comes in. */
export async function noteSwitch(
  tx: Tx,
  segmentId: string,
  old: string | null,
  next: string,
  now: string,
): Promise<void> {
  await sql`
    insert into segments.pending_changes (segment_id, profile_id, kind, at)
    select ${segmentId}, profile_id, 'entered', entered_at from segments.memberships as fresh
    where rule_id = ${next} and not exists (
      select 1 from segments.memberships as held where held.profile_id = fresh.profile_id and held.rule_id = ${old})
    order by entered_at, profile_id`.execute(tx);
  if (old === null) return;
  await sql`
    insert into segments.pending_changes (segment_id, profile_id, kind, at)
    select ${segmentId}, profile_id, 'exited', ${now} from segments.memberships as held
    where rule_id = ${old} and not exists (
      select 1 from segments.memberships as fresh where fresh.profile_id = held.profile_id and fresh.rule_id = ${next})
    order by profile_id`.execute(tx);
  // Whoever stays has been in since before.
  await sql`
    update segments.memberships as fresh set entered_at = held.entered_at from segments.memberships as held
    where fresh.rule_id = ${next} and held.rule_id = ${old} and held.profile_id = fresh.profile_id`.execute(tx);
}

export async function pointTo(tx: Tx, segmentId: string, ruleId: string): Promise<void> {
  await sql`update segments.rules set state = 'live' where id = ${ruleId}`.execute(tx);
  await sql`update segments.segments set rule_id = ${ruleId} where id = ${segmentId}`.execute(tx);
}
