import { one, sql, type Tx } from "../../platform/db.ts";

/** Up to when an account's rate is used, over all nodes; held until the transaction ends. */
export async function openPace(tx: Tx, key: string, now: string): Promise<string> {
  const found = await one(
    tx,
    sql<{ free_at: string }>`
      insert into messages.paces (key, free_at) values (${key}, ${now}::timestamptz - interval '1 second')
      on conflict (key) do update set free_at = paces.free_at returning free_at`,
  );
  return found?.free_at ?? now;
}

export async function writePace(tx: Tx, key: string, freeAt: string): Promise<void> {
  await sql`update messages.paces set free_at = ${freeAt} where key = ${key}`.execute(tx);
}
