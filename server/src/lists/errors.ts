import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const listErrors = {
  device_unknown: {
    status: 400,
    title: "The call does not say which device it comes from.",
    remedy: "Send the device's own anonymous id in `x-kilim-anonymous-id`.",
  },
  variant_not_found: { status: 422, title: "There is no such variant.", remedy: "Take its id from the product." },
  other_currency: {
    status: 409,
    title: "The cart holds goods in another currency.",
    remedy: "Check out or empty the cart first.",
  },
  too_many: {
    status: 422,
    title: "That is more of one variant than a cart may hold.",
    remedy: "Ask for at most 99 of a variant and 200 different ones.",
  },
  profile_not_found: { status: 404, title: "There is no such profile.", remedy: "Check the reference." },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(listErrors);
