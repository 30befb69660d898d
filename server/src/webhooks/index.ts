import type { Change } from "../platform/bus.ts";
import type { Tx } from "../platform/db.ts";
import { createDueLoop } from "../platform/due-loop.ts";
import { createOutbound } from "../platform/outbound/outbound.ts";
import { sealedSecretsIn } from "../platform/outbound/webhook-secret.ts";
import type { Room } from "../platform/room.ts";
import type { MembershipChange } from "../segments/contracts.ts";
import type { WebhooksDeps } from "./deps.ts";
import { forgetOldDeliveries } from "./forget-deliveries.ts";
import { Presence } from "./presence.ts";
import { webhookRoutes } from "./routes.ts";
import { Sender } from "./sending/sender.ts";
import { newsOfChanges, tell } from "./tell.ts";

export { personalData as webhookData } from "./personal-data.ts";

export const sealedEndpoints = sealedSecretsIn("webhooks.endpoints");

export interface Webhooks extends Room {
  /** Queues who came into a segment and who left one for whoever wants to hear of it, in the pipeline's transaction. */
  tellChanges(tx: Tx, changes: readonly MembershipChange[]): Promise<void>;
  /** Sends whatever is due now; the loop of the worker does the same. */
  sendDue(): Promise<void>;
}

/** How long a stop waits for receivers. */
const STOP_MS = 3_000;

export function createWebhooks(given: WebhooksDeps): Webhooks {
  const { bus, clock, log } = given;
  const deps = { ...given, outbound: createOutbound({ allow: given.outboundAllow }) };
  const telling = { clock, presence: new Presence(bus) };
  const sender = new Sender(deps);
  const forgetting = forgetOldDeliveries(deps);
  const sending = createDueLoop({
    clock,
    work: () => sender.take(),
    nextDue: () => sender.nextDue(),
    onWake(listener) {
      // Most installations have no endpoint: a busy shop's comings and goings wake nobody there.
      const mayQueue = ({ topic, what }: Change) =>
        topic === "webhook"
          ? what.includes("queued") || what.includes("count")
          : topic === "segment" && sender.isAnybody;
      const offs = [sender.onFree(listener), bus.onChange((changes) => changes.some(mayQueue) && listener())];
      return () => {
        for (const off of offs) off();
      };
    },
    onError: (error) => log.warn({ err: error }, "webhooks cannot be sent just now; trying again"),
  });
  return {
    routes(app) {
      webhookRoutes(app, deps);
      app.addHook("onClose", async () => deps.outbound.close());
    },
    async start() {
      sending.start();
      forgetting.start();
    },
    async stop() {
      await Promise.all([sending.stop(), sender.stop(STOP_MS), forgetting.stop()]);
      deps.outbound.close();
    },
    tellChanges: (tx, changes) => tell(tx, telling, newsOfChanges(changes)),
    sendDue: () => sender.sendDue(),
  };
}
