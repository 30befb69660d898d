import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const decisionErrors = {
  segment_not_found: {
    status: 422,
    title: "There is no such segment.",
    remedy: "Take its id from `GET /v1/segments`.",
  },
  rule_not_found: { status: 404, title: "There is no such rule.", remedy: "Read the rules again." },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(decisionErrors);
