import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { Secrets } from "../../platform/secrets.ts";
import type { Channel } from "../content/kinds.ts";

export interface Place {
  readonly channel: string;
  readonly address: string;
}

export interface Suppression {
  readonly channel: Channel;
  readonly address: string;
  readonly reason: string;
  readonly created_at: string;
}

/** What stands in the place of an erased person's address: it is still told when it comes again. */
export function hashOfAddress(secrets: Secrets, address: string): string {
  return `erased:${secrets.sign("suppressed-address", address.toLowerCase())}`;
}

export type SuppressionReason = "bounced" | "complained" | "manual" | "stopped";

/** Of several messages in one transaction; the first reason of an address stays. */
export async function suppressAll(
  db: Db,
  addresses: readonly Place[],
  reason: SuppressionReason,
  now: string,
): Promise<void> {
  if (addresses.length === 0) return;
  const keys = new Map(addresses.map(({ channel, address }) => [`${channel} ${address.toLowerCase()}`, channel]));
  const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
  await sql`
    insert into messages.suppressions (channel, address, reason, created_at)
    select channel, address, ${reason}, ${now}
    from unnest(${list(
      "text",
      sorted.map(([, channel]) => channel),
    )}, ${list(
      "text",
      sorted.map(([key, channel]) => key.slice(channel.length + 1)),
    )}) as bad (channel, address)
    on conflict (channel, address) do nothing`.execute(db);
}

/** The person wants to hear of us again: a STOP is taken back, and nothing else. */
export async function liftStop(db: Db, channel: string, address: string): Promise<boolean> {
  const result = await sql`
    delete from messages.suppressions
    where channel = ${channel} and address = lower(${address}) and reason = 'stopped'`.execute(db);
  return Number(result.numAffectedRows ?? 0) > 0;
}

export async function liftSuppression(db: Db, secrets: Secrets, { channel, address }: Place): Promise<void> {
  await sql`
    delete from messages.suppressions
    where channel = ${channel} and address in (lower(${address}), ${hashOfAddress(secrets, address)})`.execute(db);
}

/** Of one channel, by address; leans on the primary key. */
export async function listSuppressions(
  db: Db,
  { channel, limit, after }: { readonly channel: string; readonly limit: number; readonly after: string | null },
): Promise<Suppression[]> {
  return rows(
    db,
    sql<Suppression>`
      select channel, address, reason, created_at from messages.suppressions
      where channel = ${channel} and address > ${after ?? ""} order by address limit ${limit}`,
  );
}
