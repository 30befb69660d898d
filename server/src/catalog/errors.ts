import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const catalogErrors = {
  product_not_found: {
    status: 404,
    title: "There is no such product.",
    remedy: "Take its id from `GET /v1/products`.",
  },
  bad_gtin: {
    status: 422,
    title: "A GTIN has a wrong check digit or length.",
    remedy: "Send the 8, 12, 13 or 14 digits as printed, as text, with leading zeros.",
  },
  unknown_zone: {
    status: 422,
    title: "A store's time zone is not an IANA zone.",
    remedy: "Send a name such as Europe/Istanbul.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(catalogErrors);
