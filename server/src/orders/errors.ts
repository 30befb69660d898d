import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const orderErrors = {
  order_not_found: { status: 404, title: "There is no such order.", remedy: "Take its id from `GET /v1/orders`." },
  cart_empty: { status: 409, title: "There is nothing in the cart.", remedy: "Put something in, then check out." },
  sold_out: {
    status: 409,
    title: "Some of it is no longer there.",
    remedy: "Lower the quantities named in `errors` or take those items out.",
  },
  checkout_under_way: {
    status: 409,
    title: "This cart is being paid for already.",
    remedy: "Wait for that checkout to end; it does so by itself within ten minutes.",
  },
  payment_declined: { status: 402, title: "The payment was declined.", remedy: "Try another way of paying." },
  payment_too_late: {
    status: 409,
    title: "The payment came after the goods were gone; nothing was charged.",
    remedy: "Check out again.",
  },
  key_reused: {
    status: 409,
    title: "This Idempotency-Key was used with another order.",
    remedy: "Use a new key for a new order.",
  },
  variant_not_found: { status: 422, title: "There is no such variant.", remedy: "Take its id from the product." },
  store_not_found: { status: 422, title: "There is no such store.", remedy: "Take its id from `GET /v1/stores`." },
  profile_not_found: { status: 422, title: "There is no such profile.", remedy: "Look the customer up again." },
  mixed_currencies: { status: 422, title: "An order is in one currency.", remedy: "Make one order per currency." },
  not_for_this_caller: {
    status: 403,
    title: "This caller may not place orders on that channel.",
    remedy: "Web orders need the write key, till sales a signed-in associate or a secret key.",
  },
  not_fulfillable: {
    status: 409,
    title: "Only a paid order that still waits can be handed over.",
    remedy: "Read the order again.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(orderErrors);
