import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const mergingErrors = {
  same_person: {
    status: 409,
    title: "Both references mean the same person.",
    remedy: "Name two different people; GET /v1/profiles/{ref}/merges shows what has been merged already.",
  },
  unknown_person: {
    status: 404,
    title: "One of these references means nobody we know.",
    remedy: "Address people by id or by `type:value`.",
  },
  not_merged: {
    status: 409,
    title: "This id was not merged into this person, or has been separated already.",
    remedy: "Take `from` out of the person's `merged_from`.",
  },
  not_separable: {
    status: 409,
    title: "This merge was made before Kilim kept what it takes to undo it.",
    remedy: "It cannot be undone.",
  },
  not_apart: {
    status: 404,
    title: "Nobody has separated these two.",
    remedy: "GET /v1/profiles/{ref}/separations lists whom this person was separated from.",
  },
  separating_busy: {
    status: 409,
    title: "People cannot be separated at this moment.",
    remedy:
      "A segment is being filled, an earlier separation is being written, or much is coming in: try again in a minute.",
  },
} as const satisfies ErrorCatalogue;

export const refuseMerging = refuser(mergingErrors);
