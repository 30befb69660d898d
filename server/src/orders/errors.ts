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
  payment_away: {
    status: 503,
    title: "The payment provider does not answer; nothing is decided yet.",
    remedy: "Send the same order again under the same Idempotency-Key: it goes on, and is paid once.",
  },
  payment_too_late: {
    status: 409,
    title: "The payment came after the goods were gone; nothing was charged.",
    remedy: "Check out again.",
  },
  bad_notice: {
    status: 400,
    title: "This notice is not the payment provider's own, or too old.",
    remedy: "Set `KILIM_STRIPE_WEBHOOK_SECRET` to the signing secret of this address, and the clock right.",
  },
  key_reused: {
    status: 409,
    title: "This Idempotency-Key was used with another order.",
    remedy: "Use a new key for a new order.",
  },
  variant_not_found: { status: 422, title: "There is no such variant.", remedy: "Take its id from the product." },
  store_not_found: { status: 422, title: "There is no such store.", remedy: "Take its id from `GET /v1/stores`." },
  no_pickup: {
    status: 422,
    title: "This store hands over no orders.",
    remedy: "Choose a store of `GET /v1/pickup-times`, or have it delivered.",
  },
  no_locker: {
    status: 422,
    title: "This store has no locker.",
    remedy: "Choose a store whose `kinds` in `GET /v1/pickup-times` name `locker`.",
  },
  no_compartment: {
    status: 422,
    title: "A locker order is ready once it lies in a compartment.",
    remedy: "Send the `compartment` it was put into.",
  },
  profile_not_found: { status: 422, title: "There is no such profile.", remedy: "Look the customer up again." },
  not_sold: {
    status: 409,
    title: "Some of it was taken off sale.",
    remedy: "Take the lines named in `errors` out.",
  },
  not_in_currency: {
    status: 409,
    title: "Some of it has no price in this currency.",
    remedy: "Choose another market with PUT /v1/cart, or take the lines named in `errors` out.",
  },
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
  payment_not_offered: {
    status: 422,
    title: "This way of paying is not offered here.",
    remedy: "Use `stripe` where it is set up, else `test`.",
  },
  bad_delivery: {
    status: 422,
    title: "The deliveries do not cover the cart, each item once.",
    remedy: "Leave `variant_ids` out of one of them, and name no item twice.",
  },
  bad_payment: {
    status: 422,
    title: "The payments do not sum to the total, or the discount is more than it.",
    remedy: "Send the amounts in minor units, as they were taken.",
  },
  fulfilment_not_found: {
    status: 404,
    title: "There is no such fulfilment.",
    remedy: "Take its id from the order.",
  },
  not_now: {
    status: 409,
    title: "From where it stands this step is not possible (any more).",
    remedy: "Read the order again.",
  },
  not_in_fulfilment: {
    status: 422,
    title: "It holds fewer than that.",
    remedy: "Take positions and quantities from the fulfilment.",
  },
  code_unknown: {
    status: 422,
    title: "No order that is ready here has this code.",
    remedy: "Look at the code again, and at the store it is for. A code works once.",
  },
  too_many_codes: {
    status: 429,
    title: "Too many wrong codes in this store.",
    remedy: "Wait a quarter of an hour, or hand over by checking who is there.",
  },
  not_cancellable: {
    status: 409,
    title: "Nothing of this order can be cancelled any more.",
    remedy: "What has left the house can be returned.",
  },
  not_editable: {
    status: 409,
    title: "That part of the order has left, or is ready.",
    remedy: "Cancel it or have it returned.",
  },
  not_returnable: {
    status: 422,
    title: "More than may come back, or too late.",
    remedy: "Ask `GET /v1/orders/{id}/returnable`; more than its `in_time` needs `override` with a reason.",
  },
  return_not_announced: {
    status: 404,
    title: "No such return was announced.",
    remedy: "Take its id from `GET /v1/shopper/orders/{id}/returns`.",
  },
  return_not_awaited: {
    status: 409,
    title: "This return was taken back already, or its buyer keeps it.",
    remedy:
      "Read `GET /v1/orders/{id}/announced-returns` again; what came all the same is taken back without `announced_id`.",
  },
  receipt_not_found: { status: 404, title: "No order has this receipt.", remedy: "Scan it again." },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(orderErrors);
