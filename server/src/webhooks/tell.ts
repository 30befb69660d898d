import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { MembershipChange } from "../segments/contracts.ts";
import type { WebhookType } from "./contracts.ts";
import type { Presence } from "./presence.ts";
import { insertDeliveries } from "./queries/insert-deliveries.pg.ts";

/** Something that has happened, as a room tells it. */
export interface News {
  readonly type: WebhookType;
  /** RFC 3339 */
  readonly at: string;
  readonly profileId: string | null;
  /** The segment it is about, for those who want to hear of some only. */
  readonly segmentId: string | null;
  /** What is told beside type, time and person: ids and names, nothing about a person. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface TellDeps {
  readonly clock: Clock;
  readonly presence: Presence;
}

/** Queues news for everybody who wants them, in the transaction that makes them true. One statement, or none. */
export async function tell(tx: Tx, { clock, presence }: TellDeps, news: readonly News[]): Promise<void> {
  if (news.length === 0 || !(await presence.isAnybody(tx))) return;
  const deliveries = news.map(({ type, at, profileId, segmentId, data }) => ({
    id: newId(clock),
    type,
    segmentId,
    profileId,
    happenedAt: at,
    data: JSON.stringify(data),
  }));
  insertDeliveries(tx, deliveries, clock.now().toString());
}

/** Who has come into a segment and who has left one. What is historical is told to nobody. */
export function newsOfChanges(changes: readonly MembershipChange[]): News[] {
  return changes
    .filter(({ historical }) => !historical)
    .map(({ kind, at, profileId, segmentId, segmentName }) => ({
      type: `segment.${kind}`,
      at,
      profileId,
      segmentId,
      data: { segment: { id: segmentId, name: segmentName }, at },
    }));
}
