import { inTransaction } from "../../platform/db.ts";
import type { SendDeps } from "../deps.ts";
import type { ClaimedDelivery } from "../queries/claim-due.pg.ts";
import { disableEndpoint } from "../queries/endpoints.pg.ts";
import { noteFailure, settleDelivery, settleSuccess, unclaim } from "../queries/settle-delivery.pg.ts";
import { composeBody } from "./compose-body.ts";
import { GIVE_UP, nextTry, RESTS } from "./schedule.ts";
import { type Tried, tryEndpoint } from "./try-endpoint.ts";

const SUCCESS_NOTED_EVERY = { minutes: 1 } as const;

/**
 * Takes one claimed delivery through one try. Between the receiver's yes and our note lies the one moment in which a
 * crash makes the receiver see a message twice; it then carries the same `webhook-id`.
 */
export async function deliver(
  deps: SendDeps,
  delivery: ClaimedDelivery,
  userIds: Promise<ReadonlyMap<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const message = { id: delivery.id, body: composeBody(delivery, await userIds) };
  let tried: Tried;
  try {
    tried = await tryEndpoint(deps, delivery, message, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    await unclaim(deps.db, delivery, deps.clock.now().toString());
    return;
  }
  const isDisabled = await note(deps, delivery, tried);
  deps.bus.changed("webhook", delivery.endpoint_id, isDisabled ? ["deliveries", "state"] : ["deliveries"]);
  if (isDisabled)
    deps.log.warn({ webhook: delivery.endpoint_id }, "a webhook was disabled because its receiver does not answer");
}

/** Writes the try down; whether the endpoint is disabled by it. */
async function note(deps: SendDeps, delivery: ClaimedDelivery, { verdict, made, ...tried }: Tried): Promise<boolean> {
  const { db, clock } = deps;
  const at = clock.now();
  const now = at.toString();
  if (verdict === "delivered") {
    await settleSuccess(db, delivery, made, at.subtract(SUCCESS_NOTED_EVERY).toString());
    return false;
  }
  const next = verdict === "again" ? nextTry(at, delivery.attempts, tried.askedFor) : null;
  const state = next ? "waiting" : "failed";
  return await inTransaction(db, async (tx) => {
    const isOurs = await settleDelivery(tx, delivery, { state, made, dueAt: next?.toString() ?? now });
    if (!isOurs) return false;
    if (verdict === "gone") {
      await disableEndpoint(tx, delivery.endpoint_id, "gone", now);
      return true;
    }
    return await noteFailure(tx, delivery.endpoint_id, {
      now,
      isTrouble: tried.isTrouble,
      restSeconds: RESTS,
      notBefore: tried.askedFor?.toString() ?? null,
      givenUpSince: at.subtract(GIVE_UP).toString(),
    });
  });
}
