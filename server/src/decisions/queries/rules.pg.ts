import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { Rule } from "../contracts.ts";

/** Rules in the order in which they are tried. Leans on rule (slot, position). */
export function loadRules(db: Db, slots: readonly string[] | null): Promise<Rule[]> {
  return rows(
    db,
    sql<Rule>`
      select id, slot, segment_id, position, content, created_at from decisions.rule
      where ${slots === null} or slot = any(${list("text", slots ?? [])})
      order by slot, position, id`,
  );
}

export async function insertRule(db: Db, rule: Rule): Promise<void> {
  await sql`
    insert into decisions.rule (id, slot, segment_id, position, content, created_at, updated_at)
    values (${rule.id}, ${rule.slot}, ${rule.segment_id}, ${rule.position}, ${JSON.stringify(rule.content)},
            ${rule.created_at}, ${rule.created_at})`.execute(db);
}

export async function deleteRule(db: Db, id: string): Promise<boolean> {
  const result = await sql`delete from decisions.rule where id = ${id}`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}
