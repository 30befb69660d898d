import { z } from "zod";

import { type Condition, type ConditionKind, countTest, duration } from "../segments/contracts.ts";
import type { MessageEventName } from "./events.ts";

/** What can have become of a message, and the event that says so. Delivery and replies are told by providers alone. */
const EVENTS = {
  sent: "Email Sent" satisfies MessageEventName,
  delivered: "Email Delivered",
  opened: "Email Opened" satisfies MessageEventName,
  clicked: "Email Clicked" satisfies MessageEventName,
  replied: "Email Replied",
  bounced: "Email Bounced" satisfies MessageEventName,
  unsubscribed: "Consent Changed",
} as const;

const schema = z.strictObject({
  message: z.enum(Object.keys(EVENTS) as (keyof typeof EVENTS)[]),
  template: z.uuid().optional(),
  channel: z.literal("email", "messages go out by e-mail only so far").optional(),
  count: countTest.optional(),
  within: duration.optional(),
});

/** `{ "message": "clicked", "template": "<id>", "within": "P30D" }`: how people met our messages, as their events tell. */
export const messageKind: ConditionKind = {
  key: "message",
  schema,
  meaning: async () => (node) => {
    const { message, template, count, within } = schema.parse(node);
    const where = [
      ...(template === undefined ? [] : [{ property: "template_id", op: "is" as const, value: template }]),
      ...(message === "unsubscribed"
        ? [
            { property: "source", op: "is" as const, value: "unsubscribe_link" },
            { property: "state", op: "is" as const, value: "denied" },
          ]
        : []),
    ];
    return { did: EVENTS[message], where, count, within } satisfies Condition;
  },
};
