import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const inventoryErrors = {
  unknown_variant: { status: 422, title: "There is no such variant.", remedy: "Take its id from the product." },
  unknown_location: {
    status: 422,
    title: "There is no such stock location.",
    remedy: "Take its id from `GET /v1/stock/locations`.",
  },
  location_not_found: {
    status: 404,
    title: "There is no such stock location.",
    remedy: "Take its id from `GET /v1/stock/locations`.",
  },
  stock_below_zero: {
    status: 409,
    title: "There is less on hand than that would take away.",
    remedy: "Count again and adjust to what is there.",
  },
  stock_moved: {
    status: 409,
    title: "The stock has moved since it was read.",
    remedy: "Read it again, look again, and send what you see with the new `expected`.",
  },
  not_late: {
    status: 422,
    title: "Only what moves goods can have happened earlier.",
    remedy: "Send safety stock, damage and checks without `happened_at`.",
  },
  counted_twice: { status: 422, title: "A count names each variant once.", remedy: "Send their sum in one line." },
  kit_has_no_stock: {
    status: 422,
    title: "A kit has no stock of its own; its parts have.",
    remedy: "Move the stock of its parts.",
  },
  kit_in_kit: {
    status: 422,
    title: "A kit is made of variants that are no kits, each named once.",
    remedy: "Name the parts of the inner kit instead.",
  },
  not_available: {
    status: 409,
    title: "Some of it is not available.",
    remedy: "Lower the quantities named in `errors`. Nothing was held.",
  },
  hold_dead: {
    status: 409,
    title: "There is no such hold, or it has died.",
    remedy: "Hold the goods anew, if they are still there.",
  },
  hold_not_committed: {
    status: 409,
    title: "Only committed goods are handed over.",
    remedy: "Commit the hold first.",
  },
  transfer_not_found: {
    status: 404,
    title: "There is no such transfer.",
    remedy: "Take its id from `GET /v1/stock/transfers`.",
  },
  transfer_ended: { status: 409, title: "This transfer has ended.", remedy: "Read it again." },
  not_in_transfer: {
    status: 422,
    title: "More arrived than is on its way with this transfer.",
    remedy: "Receive what was sent, and record what came beside it as a delivery of its own.",
  },
  discrepancy_not_open: {
    status: 404,
    title: "There is no such open discrepancy.",
    remedy: "Take its id from `GET /v1/stock/discrepancies`.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(inventoryErrors);
