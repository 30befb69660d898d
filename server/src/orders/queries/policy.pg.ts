import { type Db, one, sql } from "../../platform/db.ts";
import { type Policy, policy } from "../policy.ts";

export async function loadPolicy(db: Db): Promise<Policy> {
  const found = await one(db, sql<{ rules: unknown }>`select rules from orders.policy`);
  return policy.parse(found?.rules ?? {});
}

export async function savePolicy(db: Db, rules: Policy): Promise<void> {
  await sql`
    insert into orders.policy (one, rules) values (true, ${JSON.stringify(rules)}::jsonb)
    on conflict (one) do update set rules = excluded.rules`.execute(db);
}
