import type { Tx } from "../../platform/db.ts";
import { leftAudience } from "../broadcasts/left-audience.ts";
import type { MessagesDeps } from "../deps.ts";
import { decideSending, type PermissionDeps } from "../permission/decide-sending.ts";
import type { Facts } from "./gather-facts.ts";

export type MaySendDeps = PermissionDeps & Pick<MessagesDeps, "audiences">;

export type Decision = { readonly skip: string } | { readonly later: Temporal.Instant; readonly reason: string };

/**
 * What keeps each of these messages from going out now, by message id; one that is not named may go. Asked in the
 * transaction that hands the messages over, so that two of them cannot both be the last one allowed.
 */
export async function maySend(
  tx: Tx,
  deps: MaySendDeps,
  all: readonly Facts[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, Decision>> {
  const asked = all.map(({ message, to, personal }) => {
    const { id, channel, purpose, topic, priority } = message;
    return { id, channel, purpose, topic, priority, address: to, profile: personal?.profile ?? null };
  });
  const decisions = new Map<string, Decision>();
  const toAudience = all.flatMap(({ message: { id, broadcast_id }, personal }) =>
    broadcast_id !== null && personal ? [{ id, broadcastId: broadcast_id, profileId: personal.profile.id }] : [],
  );
  const left = await leftAudience(tx, deps, toAudience);
  for (const [id, verdict] of await decideSending(deps, tx, asked, now)) {
    if (verdict.kind === "skip") decisions.set(id, { skip: verdict.reason });
    else if (verdict.kind === "later") decisions.set(id, { later: verdict.at, reason: verdict.reason });
  }
  for (const id of left) decisions.set(id, { skip: "left_audience" });
  return decisions;
}
