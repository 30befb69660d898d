import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const consentErrors = {
  never_allowed: {
    status: 400,
    title: "These rules leave a channel no hour in which it may send.",
    remedy: "Make quiet hours shorter or sending windows longer for the channel that is named.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(consentErrors);
