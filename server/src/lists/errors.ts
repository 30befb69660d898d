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
    remedy: "Check out or empty the cart first, or choose one currency for all of it with PUT /v1/cart.",
  },
  not_in_cart: { status: 404, title: "That is not in the cart.", remedy: "Put it in with a quantity." },
  not_sold: {
    status: 409,
    title: "This was taken off sale.",
    remedy: "Choose something else; `not_sold` marks what cannot be bought in carts and lists.",
  },
  not_in_currency: {
    status: 409,
    title: "This has no price in the cart's currency.",
    remedy: "Choose another market with PUT /v1/cart, or give it a price with PUT /v1/variants/{id}/prices.",
  },
  too_many: {
    status: 422,
    title: "That is more of one variant than a cart may hold.",
    remedy: "Ask for at most 99 of a variant and 200 different ones.",
  },
  profile_not_found: { status: 404, title: "There is no such profile.", remedy: "Check the reference." },
  list_not_found: {
    status: 404,
    title: "There is no such list, or it is not open to you.",
    remedy: "Sign in as the person it belongs to, or ask her for a link.",
  },
  list_read_only: {
    status: 403,
    title: "The link lets you read this list, not change it.",
    remedy: "Ask whoever shared it for a link that may change it.",
  },
  too_many_lists: {
    status: 422,
    title: "That is more lists than one may have.",
    remedy: "Delete one first; 100 are enough for anybody.",
  },
  main_list: {
    status: 409,
    title: "The main list of its kind keeps its place.",
    remedy: "Take its items off instead, or make a list with a name.",
  },
  item_taken: {
    status: 409,
    title: "This id belongs to another item already.",
    remedy: "Make a new id for each item.",
  },
  list_full: {
    status: 422,
    title: "The list holds as much as it can.",
    remedy: "Take something off first: at most 500 items and 99 of each.",
  },
  photo_not_found: { status: 404, title: "There is no such photo.", remedy: "Upload it to this list first." },
  not_a_photo: {
    status: 422,
    title: "That is not a photo we can take.",
    remedy: "Send a whole JPEG, PNG or WebP of at most 8 MB and 50 megapixels, as it comes from a camera.",
  },
  too_many_photos: {
    status: 422,
    title: "The list holds as many photos as it can.",
    remedy: "Take items with photos off first.",
  },
  share_over: {
    status: 410,
    title: "This link does not open the list any more.",
    remedy: "It has run out or was taken back: ask for a new one.",
  },
  mail_address: {
    status: 422,
    title: "That is not an e-mail address.",
    remedy: "Send one such as jane@example.com.",
  },
  mailed_enough: {
    status: 429,
    title: "This list, or this address, has had enough mails for now.",
    remedy: "Try again in an hour.",
  },
  list_empty: { status: 422, title: "There is nothing on the list.", remedy: "Put something on it first." },
  errand_not_found: { status: 404, title: "There is no such errand.", remedy: "Read the queue of the store again." },
  errand_moved_on: {
    status: 409,
    title: "Somebody else has moved this errand on.",
    remedy: "Read it again; it may be done or cancelled already.",
  },
  store_not_found: { status: 422, title: "There is no such store.", remedy: "Take its id from GET /v1/stores." },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(listErrors);
