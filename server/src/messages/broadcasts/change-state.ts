import { inTransaction, type Tx } from "../../platform/db.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { eventName, messageEvent } from "../events.ts";
import { type Broadcast, isUnderWay, WAVES } from "./broadcast.ts";
import type { BroadcastView } from "./contracts.ts";
import { holdBroadcast, takeBack } from "./queries/broadcast-messages.pg.ts";
import { lockBroadcast, updateBroadcast } from "./queries/broadcast-rows.pg.ts";
import { addCounts } from "./queries/progress.pg.ts";
import { dropRecipients } from "./queries/recipients.pg.ts";
import { readBroadcast } from "./read-broadcasts.ts";
import { startOf } from "./turns.ts";

type Deps = Pick<MessagesDeps, "db" | "clock" | "bus" | "audiences" | "tell">;
type Work = (tx: Tx, broadcast: Broadcast, now: Temporal.Instant) => Promise<Partial<Broadcast>> | Partial<Broadcast>;

/** From now on it cannot be changed; its people are read when it begins. */
export function launchBroadcast(deps: Deps, id: string): Promise<BroadcastView> {
  return change(deps, id, (_tx, broadcast, now) => {
    if (broadcast.state !== "draft") throw refuse("broadcast_launched");
    const start = startOf(broadcast.schedule, now);
    return { state: "scheduled", launched_at: now.toString(), step_at: start.toString() };
  });
}

/** Nothing that has not been handed over goes out until it is resumed. */
export function pauseBroadcast(deps: Deps, id: string): Promise<BroadcastView> {
  return change(deps, id, async (tx, broadcast) => {
    if (!isUnderWay(broadcast)) throw refuse("broadcast_not_under_way");
    await holdBroadcast(tx, id, true);
    return { paused: true };
  });
}

export function resumeBroadcast(deps: Deps, id: string): Promise<BroadcastView> {
  return change(deps, id, async (tx, broadcast) => {
    if (!isUnderWay(broadcast)) throw refuse("broadcast_not_under_way");
    await holdBroadcast(tx, id, false);
    return { paused: false };
  });
}

/** For good: whoever's turn has not come gets nothing, and it is said why. */
export function cancelBroadcast(deps: Deps, id: string): Promise<BroadcastView> {
  return change(deps, id, async (tx, broadcast, now) => {
    if (!isUnderWay(broadcast)) throw refuse("broadcast_not_under_way");
    const dropped = await dropRecipients(tx, id, WAVES.heldOut);
    const taken = await takeBack(tx, id, "broadcast_cancelled");
    // Whose turn had not come has no message; they are counted all the same, so that everybody stands in one number.
    await addCounts(tx, [
      { broadcastId: id, status: "fed", n: dropped },
      { broadcastId: id, status: "skipped", n: dropped + taken.length },
    ]);
    const events = taken.flatMap((message) =>
      message.profile_id === null
        ? []
        : messageEvent(
            deps.clock,
            eventName(message.channel, "Skipped"),
            {
              id: message.id,
              profileId: message.profile_id,
              templateId: message.template_id,
              journeyId: null,
              broadcastId: id,
              variant: message.variant,
            },
            { subject: null, reason: "broadcast_cancelled" },
          ),
    );
    await deps.tell(tx, events);
    return { state: "cancelled", paused: false, step_at: null, cursor: null, ended_at: now.toString() };
  });
}

/** Somebody decides before the rule does. */
export function pickWinner(deps: Deps, id: string, variant: string): Promise<BroadcastView> {
  return change(deps, id, (_tx, broadcast, now) => {
    if (!isUnderWay(broadcast)) throw refuse("broadcast_not_under_way");
    if (broadcast.winner_rule === null || broadcast.winner !== null) throw refuse("broadcast_not_testing");
    if (!broadcast.variants.some(({ key }) => key === variant)) throw refuse("variant_not_found");
    if (broadcast.state !== "testing") throw refuse("broadcast_not_testing");
    return { state: "sending", winner: variant, winner_reason: "chosen", step_at: now.toString() };
  });
}

async function change(deps: Deps, id: string, work: Work): Promise<BroadcastView> {
  await inTransaction(deps.db, async (tx) => {
    const broadcast = await lockBroadcast(tx, id);
    if (!broadcast) throw refuse("broadcast_not_found");
    const now = deps.clock.now();
    await updateBroadcast(tx, { ...broadcast, ...(await work(tx, broadcast, now)), updated_at: now.toString() });
  });
  for (const topic of ["inbox", "outbox", "broadcasts", "messages"] as const) deps.bus.wake(topic);
  deps.bus.changed("broadcast", id, ["state"]);
  return readBroadcast(deps, id);
}
