import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const webhookErrors = {
  webhook_not_found: {
    status: 404,
    title: "There is no such webhook.",
    remedy: "Take its id from `GET /v1/webhooks`.",
  },
  delivery_not_found: {
    status: 404,
    title: "There is no such delivery.",
    remedy: "Deliveries are kept for 30 days; the person of this one may have been erased.",
  },
  too_many_webhooks: {
    status: 409,
    title: "There are as many webhooks as there may be.",
    remedy: "Remove one that is not needed, or let one receiver pass on to several.",
  },
  webhook_disabled: {
    status: 409,
    title: "This webhook is disabled.",
    remedy: "Enable it first; what happens meanwhile waits.",
  },
  delivery_under_way: {
    status: 409,
    title: "This delivery waits to be sent already.",
    remedy: "Look at its `next_at`.",
  },
  webhook_address_refused: {
    status: 422,
    title: "This address is not on the public internet.",
    remedy: "Take a public one, or let the operator open the address with `KILIM_OUTBOUND_ALLOW`.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(webhookErrors);
