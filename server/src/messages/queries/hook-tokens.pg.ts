import { type Db, one, sql } from "../../platform/db.ts";

export interface HookToken {
  readonly accountId: string;
  readonly token: Buffer;
  readonly told: Buffer;
}

/** Whether this token tells this for the first time, or the same again. Leans on the primary key. */
export async function takeToken(db: Db, { accountId, token, told }: HookToken, now: string): Promise<boolean> {
  const found = await one(
    db,
    sql<{ told: Buffer }>`
      insert into messages.hook_tokens (account_id, token, told, at) values (${accountId}, ${token}, ${told}, ${now})
      on conflict (account_id, token) do update set told = hook_tokens.told returning told`,
  );
  return found?.told.equals(told) === true;
}

/** Leans on hook_tokens_at. */
export async function forgetTokens(db: Db, before: string): Promise<void> {
  await sql`delete from messages.hook_tokens where at < ${before}`.execute(db);
}
