import { z } from "zod";

import { readHolder } from "../lists/index.ts";
import type { App } from "../platform/http.ts";
import { device } from "../platform/principal.ts";
import { confirmPayment, type OrderDeps } from "./check-out.ts";
import { placedOrder } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { answer } from "./place-order.ts";
import { findByReference, isKnownEvent, noteEvent } from "./queries/gateway-events.pg.ts";
import { resumePayment } from "./settle-payment.ts";
import type { ShowDeps } from "./show-orders.ts";

const byId = z.object({ id: z.uuid() });
/** Far longer than a notice is believed. */
const REMEMBERED = { hours: 24 } as const;

/** Payments that did not end at once: the buyer's second step, and what the provider tells by itself. */
export function paymentRoutes(app: App, deps: OrderDeps & ShowDeps): void {
  app.route({
    method: "POST",
    url: "/v1/orders/:id/payment",
    config: { access: device, idempotent: true },
    schema: { params: byId, response: { 200: placedOrder } },
    handler: async (request) => {
      const order = await confirmPayment(deps, readHolder(request), request.params.id);
      return { ...(await answer(deps, order, [], order.action)), profile_name: null };
    },
  });
  app.register(async (scope) => {
    // The signature is over the bytes as they came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "string", bodyLimit: 262_144 }, (_request, body, done) =>
      done(null, body),
    );
    scope.post("/v1/payments/stripe/events", { config: { access: ["public"] } }, async ({ headers, body }, reply) => {
      await takeNotice(deps, String(body ?? ""), String(headers["stripe-signature"] ?? ""));
      return reply.send({ received: true });
    });
  });
}

/**
 * A notice is a hint: what has come of the payment is asked of the provider itself. So they may come late, twice or in
 * any order. Known ones are answered and not worked; one that could not be worked is told again by the provider.
 */
export async function takeNotice(deps: OrderDeps, raw: string, signature: string): Promise<void> {
  const { db, clock, payments } = deps;
  const notice = payments.readNotice("stripe", raw, signature);
  if (!notice) throw refuse("bad_notice");
  if (notice.reference === null || (await isKnownEvent(db, notice.id))) return;
  const order = await findByReference(db, notice.reference);
  if (order) await resumePayment(deps, order);
  const now = clock.now();
  await noteEvent(db, notice.id, now.toString(), now.subtract(REMEMBERED).toString());
}
