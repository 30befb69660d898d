import { leastIdAt } from "../platform/ids.ts";
import { type DeliveryView, PING, type ReplayBody } from "./contracts.ts";
import type { SendDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { requeue, requeuePeriod } from "./queries/deliveries.pg.ts";
import { endRest } from "./queries/endpoints.pg.ts";
import { readDelivery, requireDelivery } from "./read-deliveries.ts";
import { readEndpoint } from "./save-endpoint.ts";

/** Sends one delivery again, with the `webhook-id` it had. */
export async function resend(deps: SendDeps, id: string, deliveryId: string): Promise<DeliveryView> {
  await requireEnabled(deps, id);
  await requireDelivery(deps, id, deliveryId);
  const isQueued = await requeue(deps.db, id, deliveryId, deps.clock.now().toString());
  if (!isQueued) throw refuse("delivery_under_way");
  await tellSender(deps, id);
  return await readDelivery(deps, id, deliveryId);
}

/** Sends what was queued in a period again; how many. */
export async function replay(deps: SendDeps, id: string, { from, until, delivered }: ReplayBody): Promise<number> {
  await requireEnabled(deps, id);
  const queued = await requeuePeriod(deps.db, id, {
    from: leastIdAt(Temporal.Instant.from(from)),
    until: leastIdAt(Temporal.Instant.from(until)),
    withDelivered: delivered,
    test: PING,
    now: deps.clock.now().toString(),
  });
  await tellSender(deps, id);
  return queued;
}

async function requireEnabled(deps: SendDeps, id: string): Promise<void> {
  if ((await readEndpoint(deps, id)).state === "disabled") throw refuse("webhook_disabled");
}

/** Whoever asks for it has mended something: the endpoint is not left alone any longer. */
async function tellSender({ db, bus }: SendDeps, id: string): Promise<void> {
  await endRest(db, id);
  bus.changed("webhook", id, ["deliveries", "queued"]);
}
