import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const inventoryErrors = {
  unknown_variant: { status: 422, title: "There is no such variant.", remedy: "Take its id from the product." },
  unknown_location: {
    status: 422,
    title: "There is no such stock location.",
    remedy: "Take its id from `GET /v1/stock`.",
  },
  stock_below_zero: {
    status: 409,
    title: "There is less on hand than that would take away.",
    remedy: "Count again and adjust to what is there.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(inventoryErrors);
