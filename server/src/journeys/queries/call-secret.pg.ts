import { type Db, one, sql } from "../../platform/db.ts";
import type { SealedSecrets } from "../../platform/outbound/webhook-secret.ts";

/** The secrets that sign, sealed; `fresh` becomes the first. */
export async function callSecret(db: Db, fresh: string): Promise<SealedSecrets> {
  const known = await one(
    db,
    sql<SealedSecrets>`select secret, old_secret, old_secret_until from journeys.call_secret`,
  );
  if (known) return known;
  await sql`insert into journeys.call_secret (secret) values (${fresh}) on conflict do nothing`.execute(db);
  return await callSecret(db, fresh);
}

/** The secret in force goes on signing until `until`. */
export async function replaceCallSecret(db: Db, secret: string, until: string): Promise<void> {
  await sql`
    insert into journeys.call_secret as s (secret) values (${secret})
    on conflict (id) do update
    set secret = excluded.secret, old_secret = s.secret, old_secret_until = ${until}`.execute(db);
}
