import { type EventErrorCode, requestErrors } from "../errors.ts";

/** What the sender can do about a refused event. */
const eventRemedies: Readonly<Record<EventErrorCode, string>> = {
  invalid_event: "Put objects into `batch`, not texts or lists.",
  invalid_type: "Set `type` to one of the six, or post to the path of the type.",
  no_user_anon_id: "Send the device's `anonymousId`, or `userId` once you know who it is.",
  no_previous_id: "Send the id to be joined as `previousId`.",
  no_event_name: "Name what happened in `event`, as in `Product Viewed`.",
  invalid_id: "Send the id as text or number, without a wrapping object; keep it under 500 characters.",
  invalid_message_id: "Leave `messageId` to the client library, or send a UUID.",
  invalid_timestamp: "Send the time as RFC 3339, as in `2026-03-02T09:00:00Z`.",
  invalid_properties: "Send an object with names; put lists inside it, and fewer than 500 names.",
  invalid_characters: "Remove the character U+0000 and halves of surrogate pairs before sending.",
  forbidden_key: "Rename the property.",
  too_deep: "Flatten what is nested; 32 levels are allowed.",
  message_id_conflict: "Give each event a `messageId` of its own; only a repeat of the very same event shares one.",
  plan_violation: "Send the event as its plan says, or change the plan under Events, Plan.",
  unplanned_event: "Plan the event under Events, Plan, or allow events without a plan.",
  event_too_large: "Send less in one event: leave out long texts and pictures.",
};

/** What to do about a refusal of either kind; null for a code of another version. */
export function remedyFor(code: string): string | null {
  if (Object.hasOwn(eventRemedies, code)) return eventRemedies[code as EventErrorCode];
  return Object.hasOwn(requestErrors, code) ? requestErrors[code as keyof typeof requestErrors].remedy : null;
}
