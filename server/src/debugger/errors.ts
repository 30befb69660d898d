import { type ErrorCatalogue, refuser } from "../platform/errors.ts";

export const debuggerErrors = {
  event_not_kept: {
    status: 404,
    title: "This event is not kept any more, or never came in.",
    remedy: "What was refused is kept for seven days, the newest 300 of each key.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(debuggerErrors);
