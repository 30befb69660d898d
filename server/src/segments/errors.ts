import { refuser } from "../platform/errors.ts";

export const segmentErrors = {
  invalid_definition: {
    status: 400,
    title: "The definition is not valid.",
    remedy: "Mend the places named in `errors`; docs/segments.md lists every kind of condition.",
  },
  definition_too_large: {
    status: 400,
    title: "The definition is too large.",
    remedy: "Split it into several segments and join them with `in_segment`.",
  },
  segment_not_found: {
    status: 404,
    title: "There is no such segment.",
    remedy: "Check the id; archived segments are gone.",
  },
  segment_name_taken: {
    status: 409,
    title: "Another segment has this name.",
    remedy: "Choose another name; capitals make no difference.",
  },
  segment_in_use: {
    status: 409,
    title: "Other segments refer to this one.",
    remedy: "Take it out of the segments named in `detail` first.",
  },
  person_not_found: { status: 404, title: "There is no such person.", remedy: "Check the id or the identifier." },
  audit_not_found: { status: 404, title: "There is no such audit.", remedy: "Check the id." },
  audit_over: {
    status: 409,
    title: "The audit does not stand where it could be cancelled or go on.",
    remedy: "Read it again: only what waits or runs can be cancelled, only what was cancelled or has failed goes on.",
  },
  list_not_found: { status: 404, title: "There is no such list.", remedy: "Check the id." },
  list_name_taken: {
    status: 409,
    title: "Another list has this name.",
    remedy: "Choose another name; capitals make no difference.",
  },
  list_in_use: {
    status: 409,
    title: "Segments or journeys ask for this list.",
    remedy: "Take it out of those named in `detail` first.",
  },
  invalid_upload: {
    status: 400,
    title: "The file cannot be put on a list like this.",
    remedy: "Mend the fields named in `errors`.",
  },
  upload_not_found: { status: 404, title: "There is no such upload.", remedy: "Check the id." },
  export_not_found: { status: 404, title: "There is no such export.", remedy: "Check the id." },
  export_not_ready: {
    status: 409,
    title: "The export is not done.",
    remedy: "Wait until `state` is `done`, or resume it.",
  },
  export_expired: { status: 410, title: "The export has expired.", remedy: "Make a new one." },
  job_is_over: {
    status: 409,
    title: "It is over already.",
    remedy: "Only what waits or runs can be cancelled; only what was cancelled or has failed can go on.",
  },
} as const;

export const refuse = refuser(segmentErrors);
