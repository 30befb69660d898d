import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const planErrors = {
  invalid_schema: {
    status: 400,
    title: "This is no JSON Schema that the plan can hold.",
    remedy: "Mend what `errors` names: draft 2020-12, at most 32 kB, `$ref` only to its own `$defs`.",
  },
  old_name: {
    status: 400,
    title: "Events of this name are kept under the name of the second e-commerce standard.",
    remedy: "Plan that name; both are checked by it.",
  },
  not_planned: { status: 404, title: "There is no plan for this event.", remedy: "Write one with PUT." },
  plan_conflict: {
    status: 409,
    title: "Somebody else has changed this plan meanwhile.",
    remedy: "Read it again, then save with its `version` as `base_version`.",
  },
  no_suggestion: {
    status: 404,
    title: "There is nothing to make a suggestion from.",
    remedy: "Send some events of this name first, or take a name of the e-commerce standard.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(planErrors);
