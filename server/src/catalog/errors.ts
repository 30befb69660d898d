import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const catalogErrors = {
  product_not_found: {
    status: 404,
    title: "There is no such product.",
    remedy: "Take its id from `GET /v1/products`.",
  },
  variant_not_found: {
    status: 404,
    title: "There is no such variant.",
    remedy: "Take its id from `GET /v1/products/{id}`.",
  },
  category_not_found: {
    status: 422,
    title: "There is no such category.",
    remedy: "Take its id from `GET /v1/categories`, or make it with PUT /v1/categories/{id}.",
  },
  category_circle: {
    status: 422,
    title: "A category cannot lie below itself.",
    remedy: "Choose a parent that is not below it.",
  },
  catalog_store_not_found: {
    status: 404,
    title: "There is no such store.",
    remedy: "Take its id from `GET /v1/stores`.",
  },
  photo_not_found: { status: 404, title: "There is no such photo.", remedy: "Read the product again." },
  bad_photo: {
    status: 422,
    title: "This is no photo that can be shown.",
    remedy: "Send a JPEG, PNG or WebP of at most 25 MB and 50 million pixels.",
  },
  bad_gtin: {
    status: 422,
    title: "A GTIN has a wrong check digit or length.",
    remedy: "Send the 8, 12, 13 or 14 digits as printed, as text, with leading zeros.",
  },
  code_taken: {
    status: 409,
    title: "Another product, variant or store has this code.",
    remedy: "A SKU, a GTIN, a product's code and a store's code each belong to one thing.",
  },
  last_variant: {
    status: 409,
    title: "Nothing of the product would be sold any more.",
    remedy: "Archive the product instead, or add another variant first.",
  },
  bad_was: {
    status: 422,
    title: "What something cost before is more than its price.",
    remedy: "Send a larger `was`, or null.",
  },
  unknown_zone: {
    status: 422,
    title: "A store's time zone is not an IANA zone.",
    remedy: "Send a name such as Europe/Istanbul.",
  },
  unreadable_feed: {
    status: 422,
    title: "The file is no feed that can be read.",
    remedy: "Check that it is well-formed XML with `item` or `entry` elements, or a table with a header.",
  },
  mapping_incomplete: {
    status: 422,
    title: "The mapping lacks fields that every product needs.",
    remedy: "Say which column is the title, the price, and the SKU or the product's code.",
  },
  product_import_not_found: {
    status: 404,
    title: "There is no such import of products.",
    remedy: "List them with GET /v1/products/imports.",
  },
  product_import_over: {
    status: 409,
    title: "The import of products is over.",
    remedy: "Only one that waits or runs can be cancelled; only a cancelled or failed one resumed.",
  },
  feed_not_found: {
    status: 404,
    title: "There is no such feed.",
    remedy: "Take its address from `GET /v1/feeds`; one that was revoked stays gone.",
  },
  review_not_found: { status: 404, title: "There is no such review.", remedy: "List them with GET /v1/reviews." },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(catalogErrors);
