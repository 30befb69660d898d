import type { Db } from "../../platform/db.ts";
import type { MessagesDeps } from "../deps.ts";
import { loadAudiences } from "./queries/broadcast-rows.pg.ts";

export interface ToAudience {
  readonly id: string;
  readonly broadcastId: string;
  readonly profileId: string;
}

/** Those of these messages whose person is in their broadcast's audience no more. */
export async function leftAudience(
  db: Db,
  deps: Pick<MessagesDeps, "audiences">,
  messages: readonly ToAudience[],
): Promise<Set<string>> {
  const left = new Set<string>();
  if (messages.length === 0) return left;
  const byBroadcast = Map.groupBy(messages, ({ broadcastId }) => broadcastId);
  const audiences = await loadAudiences(db, [...byBroadcast.keys()]);
  for (const [broadcastId, its] of byBroadcast) {
    const audience = audiences.get(broadcastId);
    const people = [...new Set(its.map(({ profileId }) => profileId))];
    const still = audience ? await deps.audiences.among(db, audience, people) : new Set();
    for (const { id, profileId } of its) if (!still.has(profileId)) left.add(id);
  }
  return left;
}
