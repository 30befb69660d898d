import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { Rule, RuleBody } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { deleteRule, insertRule } from "./queries/rules.pg.ts";

export interface RuleDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly segmentsExist: (db: Db, ids: readonly string[]) => Promise<ReadonlySet<string>>;
}

export async function addRule({ db, clock, segmentsExist }: RuleDeps, body: RuleBody): Promise<Rule> {
  const { segment_id } = body;
  if (segment_id !== null && !(await segmentsExist(db, [segment_id])).has(segment_id)) {
    throw refuse("segment_not_found", undefined, [{ path: "segment_id", message: "is not known" }]);
  }
  const created_at = clock.now().toString({ fractionalSecondDigits: 3 });
  const rule = { ...body, id: newId(clock), created_at };
  await insertRule(db, rule);
  return rule;
}

export async function removeRule({ db }: Pick<RuleDeps, "db">, id: string): Promise<void> {
  if (!(await deleteRule(db, id))) throw refuse("rule_not_found");
}
