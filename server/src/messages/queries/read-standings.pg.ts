import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { hashOfAddress } from "./suppressions.pg.ts";

export interface Place {
  readonly channel: string;
  readonly address: string;
}

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

export interface Unsubscription {
  readonly profile_id: string;
  readonly channel: string;
  readonly at: string;
}

/** The newest time these people unsubscribed by a link of ours; it counts before its event is folded. Leans on messages_profile. */
export async function readUnsubscribed(db: Db, profileIds: readonly string[]): Promise<Unsubscription[]> {
  return rows(
    db,
    sql<Unsubscription>`
      select profile_id, channel, max(unsubscribed_at) as at from messages.messages
      where profile_id = any(${list("uuid", profileIds)}) and unsubscribed_at is not null
      group by profile_id, channel`,
  );
}
