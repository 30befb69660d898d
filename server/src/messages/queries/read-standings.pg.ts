import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { hashOfAddress, type Place } from "./suppressions.pg.ts";

/** Why nothing goes to an address, by `channel address`; also to one whose person was erased. Leans on the primary key. */
export async function readSuppressed(
  db: Db,
  secrets: Secrets,
  places: readonly Place[],
): Promise<ReadonlyMap<string, string>> {
  if (places.length === 0) return new Map();
  const found = await rows(
    db,
    sql<Place & { reason: string }>`
      select asked.channel, asked.address, s.reason
      from unnest(${list(
        "text",
        places.map(({ channel }) => channel),
      )}, ${list(
        "text",
        places.map(({ address }) => address),
      )}, ${list(
        "text",
        places.map(({ address }) => hashOfAddress(secrets, address)),
      )}) as asked (channel, address, hash)
      cross join lateral (
        select reason from messages.suppressions
        where channel = asked.channel and address in (lower(asked.address), asked.hash) limit 1
      ) as s`,
  );
  return new Map(found.map(({ channel, address, reason }) => [placeKey({ channel, address }), reason]));
}

export function placeKey({ channel, address }: Place): string {
  return `${channel} ${address}`;
}
