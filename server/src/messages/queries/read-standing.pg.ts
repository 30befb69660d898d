import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { hashOfAddress } from "./suppressions.pg.ts";

/** What our own tables say about sending to a person at an address. */
export interface Standing {
  readonly suppressed: "bounced" | "complained" | "manual" | null;
  /** The newest time they unsubscribed by a link of ours; it counts before its event has been folded. */
  readonly unsubscribed_at: string | null;
}

export interface Who {
  readonly id: string;
  readonly channel: string;
  readonly address: string;
  readonly profileId: string;
}

/** By message id. Leans on the key of suppressions and on messages_profile. */
export async function readStandings(db: Db, secrets: Secrets, who: readonly Who[]): Promise<Map<string, Standing>> {
  if (who.length === 0) return new Map();
  const hashes = who.map(({ address }) => hashOfAddress(secrets, address));
  const column = <K extends keyof Who>(key: K) => who.map((one) => one[key]);
  const found = await rows(
    db,
    sql<Standing & { id: string }>`
      select who.id,
        (select reason from messages.suppressions s
         where s.channel = who.channel and s.address in (lower(who.address), who.hash) limit 1) as suppressed,
        (select max(unsubscribed_at) from messages.messages m
         where m.profile_id = who.profile_id and m.channel = who.channel) as unsubscribed_at
      from unnest(${list("uuid", column("id"))}, ${list("text", column("channel"))}, ${list("text", column("address"))},
                  ${list("text", hashes)}, ${list("uuid", column("profileId"))})
        as who (id, channel, address, hash, profile_id)`,
  );
  return new Map(found.map((row) => [row.id, row]));
}
