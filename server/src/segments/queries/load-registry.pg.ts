import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { Condition } from "../contracts.ts";

export interface RuleRow {
  readonly id: string;
  readonly segment_id: string;
  readonly segment_name: string;
  readonly definition: Condition;
  readonly state: "filling" | "deciding" | "live";
  readonly is_hidden: boolean;
}

export interface PredicateRow {
  readonly id: number;
  readonly key: string;
  readonly filled: boolean;
}

export async function loadVersion(db: Db): Promise<number> {
  return (await one(db, sql<{ version: number }>`select version from segments.registry`))?.version ?? 0;
}

export function loadRules(db: Db): Promise<RuleRow[]> {
  return rows(
    db,
    sql<RuleRow>`
      select rules.id, rules.segment_id, segments.name as segment_name, rules.definition, rules.state, segments.is_hidden
      from segments.rules join segments.segments on segments.id = rules.segment_id
      order by rules.id`,
  );
}

export function loadPredicates(db: Db): Promise<PredicateRow[]> {
  return rows(db, sql<PredicateRow>`select id, key, filled from segments.predicates order by id`);
}

/** Makes every node read rules and predicates again at its next batch. */
export async function bumpVersion(db: Db): Promise<void> {
  await sql`update segments.registry set version = version + 1`.execute(db);
}
