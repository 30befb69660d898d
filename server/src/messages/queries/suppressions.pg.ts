import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { Secrets } from "../../platform/secrets.ts";

export interface Suppression {
  readonly address: string;
  readonly reason: string;
  readonly created_at: string;
}

/** What stands in the place of an erased person's address: it is still told when it comes again. */
export function hashOfAddress(secrets: Secrets, address: string): string {
  return `erased:${secrets.sign("suppressed-address", address.toLowerCase())}`;
}

/** Of several mails to one address in one transaction; the first reason stays. */
export async function suppressAll(
  db: Db,
  addresses: readonly string[],
  reason: "bounced" | "complained" | "manual",
  now: string,
): Promise<void> {
  if (addresses.length === 0) return;
  const sorted = [...new Set(addresses.map((address) => address.toLowerCase()))].sort();
  await sql`
    insert into messages.suppressions (channel, address, reason, created_at)
    select 'email', address, ${reason}, ${now} from unnest(${list("text", sorted)}) as bad (address)
    on conflict (channel, address) do nothing`.execute(db);
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

export async function liftSuppression(db: Db, secrets: Secrets, address: string): Promise<void> {
  await sql`
    delete from messages.suppressions
    where channel = 'email' and address in (lower(${address}), ${hashOfAddress(secrets, address)})`.execute(db);
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
