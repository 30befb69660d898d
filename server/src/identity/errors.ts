import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const identityErrors = {
  wrong_code: {
    status: 401,
    title: "This code is not the one we sent, or it is no longer valid.",
    remedy: "Ask for a new code.",
  },
  invalid_email: { status: 400, title: "This is not an e-mail address.", remedy: "Check the address." },
  too_many_codes: {
    status: 429,
    title: "A code was sent to this address a moment ago.",
    remedy: "Wait half a minute, then ask again.",
  },
  rules_changed: {
    status: 409,
    title: "Somebody else has changed these rules meanwhile.",
    remedy: "Read them again, then decide.",
  },
} as const satisfies ErrorCatalogue;

export const refuseIdentity = refuser(identityErrors);
