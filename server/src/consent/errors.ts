import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const consentErrors = {
  never_allowed: {
    status: 400,
    title: "These rules leave a channel no hour in which it may send.",
    remedy: "Make quiet hours shorter or sending windows longer for the channel that is named.",
  },
  invalid_address: {
    status: 400,
    title: "This is not an e-mail address.",
    remedy: "Send an address such as jane@example.com.",
  },
  too_many_topics: {
    status: 409,
    title: "There are 200 topics already.",
    remedy: "Archive or change one that nobody needs; people read no longer list.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(consentErrors);
