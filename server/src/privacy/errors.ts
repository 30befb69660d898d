import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const privacyErrors = {
  nobody_found: {
    status: 404,
    title: "There is no such person.",
    remedy: "Check the reference; whoever was erased before is gone.",
  },
  erasure_not_found: {
    status: 404,
    title: "There is no such erasure.",
    remedy: "Take its id from `GET /v1/erasures`.",
  },
  not_suppressed: {
    status: 404,
    title: "Nobody is suppressed under this id.",
    remedy: "Look the person up by an identifier first.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(privacyErrors);
