import { type Db, rows, sql } from "../../platform/db.ts";

export interface Suppression {
  readonly address: string;
  readonly reason: string;
  readonly created_at: string;
}

/** The first reason stays. */
export async function suppress(
  db: Db,
  entry: { address: string; reason: "bounced" | "complained" | "manual"; now: string },
): Promise<void> {
  await sql`
    insert into messages.suppressions (channel, address, reason, created_at)
    values ('email', lower(${entry.address}), ${entry.reason}, ${entry.now})
    on conflict (channel, address) do nothing`.execute(db);
}

export async function liftSuppression(db: Db, address: string): Promise<void> {
  await sql`delete from messages.suppressions where channel = 'email' and address = lower(${address})`.execute(db);
}

/** By address; leans on the primary key. */
export async function listSuppressions(db: Db, limit: number, after: string | null): Promise<Suppression[]> {
  return rows(
    db,
    sql<Suppression>`
      select address, reason, created_at from messages.suppressions
      where channel = 'email' and address > ${after ?? ""} order by address limit ${limit}`,
  );
}
