import { type Db, one, sql } from "../../platform/db.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { hashOfAddress } from "./suppressions.pg.ts";

/** What our own tables say about sending to a person at an address. */
export interface Standing {
  readonly suppressed: "bounced" | "complained" | "manual" | null;
  /** The newest time they unsubscribed by a link of ours; it counts before its event has been folded. */
  readonly unsubscribed_at: string | null;
}

/** Leans on the key of suppressions and on messages_profile. */
export async function readStanding(
  db: Db,
  secrets: Secrets,
  who: { channel: string; address: string | null; profileId: string | null },
): Promise<Standing> {
  const found = await one(
    db,
    sql<Standing>`
      select
        (select reason from messages.suppressions
         where channel = ${who.channel}
           and address in (lower(${who.address}), ${hashOfAddress(secrets, who.address ?? "")})
         limit 1) as suppressed,
        (select max(unsubscribed_at) from messages.messages
         where profile_id = ${who.profileId} and channel = ${who.channel}) as unsubscribed_at`,
  );
  return found ?? { suppressed: null, unsubscribed_at: null };
}
