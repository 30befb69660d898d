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
  list_not_found: { status: 404, title: "There is no such list.", remedy: "Check the id." },
  list_name_taken: { status: 409, title: "Another list has this name.", remedy: "Choose another name." },
} as const;

export const refuse = refuser(segmentErrors);
