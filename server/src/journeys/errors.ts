import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const journeyErrors = {
  journey_not_found: { status: 404, title: "There is no such journey.", remedy: "List them with GET /v1/journeys." },
  journey_not_valid: {
    status: 400,
    title: "The journey cannot work like this.",
    remedy: "Mend what `errors` names; each path leads to a node.",
  },
  journey_archived: {
    status: 409,
    title: "The journey is archived.",
    remedy: "Make a new one from its graph.",
  },
  journey_not_live: { status: 409, title: "Only a live journey can be paused.", remedy: "Publish it first." },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(journeyErrors);
