import { type Db, list, rows, sql } from "../../../platform/db.ts";

interface Pair {
  readonly profile_id: string;
  readonly rule_id: string;
}

/** Rule → those of these people who are in by it. Primary key of memberships. */
export async function membersAmong(
  db: Db,
  profileIds: readonly string[],
  ruleIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  return byRule(
    await rows(
      db,
      sql<Pair>`
        select profile_id, rule_id from segments.memberships
        where profile_id = any(${list("uuid", profileIds)}) and rule_id = any(${list("uuid", ruleIds)})`,
    ),
  );
}

/** Rule → those of these people whom the sweeper is still to decide for it. Primary key of horizons. */
export async function dueAmong(
  db: Db,
  profileIds: readonly string[],
  ruleIds: readonly string[],
  now: string,
): Promise<Map<string, Set<string>>> {
  return byRule(
    await rows(
      db,
      sql<Pair>`
        select profile_id, rule_id from segments.horizons
        where profile_id = any(${list("uuid", profileIds)}) and rule_id = any(${list("uuid", ruleIds)}) and due_at <= ${now}`,
    ),
  );
}

function byRule(pairs: readonly Pair[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { rule_id, profile_id } of pairs) found.set(rule_id, (found.get(rule_id) ?? new Set()).add(profile_id));
  return found;
}
