import { type Db, rows, sql } from "../../platform/db.ts";
import { jointly } from "../../platform/jointly.ts";
import { type Policy, policy } from "../policy.ts";

export async function loadPolicy(db: Db): Promise<Policy> {
  const [found] = await jointly(db, loadRules, []);
  return policy.parse(found?.rules ?? {});
}

function loadRules(db: Db): Promise<{ rules: unknown }[]> {
  return rows(db, sql<{ rules: unknown }>`select rules from orders.policy`);
}

export async function savePolicy(db: Db, rules: Policy): Promise<void> {
  await sql`
    insert into orders.policy (one, rules) values (true, ${JSON.stringify(rules)}::jsonb)
    on conflict (one) do update set rules = excluded.rules`.execute(db);
}
