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
  journey_not_paused: {
    status: 409,
    title: "Only a paused journey can go on.",
    remedy: "Publish it, or pause it first.",
  },
  journey_not_entered: {
    status: 409,
    title: "Nobody can enter the journey now.",
    remedy: "It has to be live: publish it, or let it go on.",
  },
  version_not_found: {
    status: 404,
    title: "The journey has no such version.",
    remedy: "List them with GET /v1/journeys/{id}/versions.",
  },
  not_in_library: {
    status: 404,
    title: "The library has no such journey.",
    remedy: "List them with GET /v1/journeys/library.",
  },
  scenario_not_valid: {
    status: 400,
    title: "The file cannot be used.",
    remedy: "Mend what `errors` names; docs/journeys.md says what is in it.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(journeyErrors);
