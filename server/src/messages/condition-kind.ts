import { z } from "zod";

import { type Condition, type ConditionKind, countTest, duration } from "../segments/contracts.ts";
import { CHANNELS, type Channel } from "./content/kinds.ts";
import { eventName, type MessageFate } from "./events.ts";

/** What can have become of a message, and how the event that says so is named. Some of it providers alone tell. */
const FATES = {
  sent: "Sent",
  delivered: "Delivered",
  opened: "Opened",
  clicked: "Clicked",
  replied: "Replied",
  bounced: "Bounced",
} as const satisfies Record<string, MessageFate>;

/** A webhook speaks to a system, not to the person. */
export const TO_PEOPLE = CHANNELS.filter((channel) => channel !== "webhook");

const schema = z.strictObject({
  message: z.enum([...(Object.keys(FATES) as (keyof typeof FATES)[]), "unsubscribed"]),
  template: z.uuid().optional(),
  channel: z.enum(TO_PEOPLE as [Channel, ...Channel[]]).optional(),
  count: countTest.optional(),
  within: duration.optional(),
});
type MessageCondition = z.infer<typeof schema>;

/** `{ "message": "clicked", "template": "<id>", "within": "P30D" }`: how people met our messages, as their events tell. */
export const messageKind: ConditionKind = {
  key: "message",
  schema,
  meaning: async () => (node) => {
    const asked = schema.parse(node);
    const { message } = asked;
    if (message === "unsubscribed") return unsubscribed(asked);
    const single = (channel: Channel) => did(eventName(channel, FATES[message]), asked);
    if (asked.channel !== undefined) return single(asked.channel);
    return holdsForNone(asked) ? { all: TO_PEOPLE.map(single) } : { any: TO_PEOPLE.map(single) };
  },
};

/** Whether it holds for somebody who got nothing: then it has to hold on every channel, else on one. */
function holdsForNone({ count }: MessageCondition): boolean {
  if (count === undefined) return false;
  const { op, value } = count;
  return { gte: 0 >= value, gt: 0 > value, lte: true, lt: value > 0, eq: value === 0 }[op];
}

/** By the link of a message. */
function unsubscribed(asked: MessageCondition): Condition {
  return did("Consent Changed", asked, [
    is("source", "unsubscribe_link"),
    is("state", "denied"),
    ...(asked.channel === undefined ? [] : [is("channel", asked.channel)]),
  ]);
}

function did(name: string, { template, count, within }: MessageCondition, tests: ReturnType<typeof is>[] = []) {
  const where = [...(template === undefined ? [] : [is("template_id", template)]), ...tests];
  return { did: name, where, count, within } satisfies Condition;
}

function is(property: string, value: string) {
  return { property, op: "is" as const, value };
}
