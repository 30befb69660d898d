import { type KilimEvent, newEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { JsonObject } from "../platform/json.ts";
import type { Channel } from "./content/kinds.ts";

export const SOURCE = "messages";

export interface MessageNews {
  readonly id: string;
  readonly profileId: string;
  readonly templateId: string | null;
  readonly journeyId: string | null;
  readonly broadcastId?: string | null;
  readonly variant?: string | null;
}

/** What can become of a message. */
export type MessageFate =
  | "Sent"
  | "Skipped"
  | "Failed"
  | "Delivered"
  | "Deferred"
  | "Bounced"
  | "Complained"
  | "Opened"
  | "Clicked"
  | "Replied"
  | "Converted"
  | "Received";

/** How a channel stands in the names of events, and the channel its events are of (`context.channel`). */
const IN_EVENTS = {
  email: { title: "Email", channel: "email" },
  sms: { title: "SMS", channel: "sms" },
  whatsapp: { title: "WhatsApp", channel: "whatsapp" },
  push: { title: "Push", channel: "push" },
  onsite: { title: "Onsite", channel: "web" },
  webhook: { title: "Webhook", channel: "api" },
  letter: { title: "Letter", channel: "mail" },
  call: { title: "Call", channel: "phone" },
  social: { title: "Social", channel: "social" },
} as const satisfies Record<Channel, { title: string; channel: string }>;

type EventChannel = (typeof IN_EVENTS)[Channel]["channel"];

export type MessageEventName = `${(typeof IN_EVENTS)[Channel]["title"]} ${MessageFate}`;

export function eventName(channel: Channel, fate: MessageFate): MessageEventName {
  return `${IN_EVENTS[channel].title} ${fate}`;
}

/** The channel an event of this channel's messages is of. */
export function eventChannel(channel: Channel): EventChannel {
  return IN_EVENTS[channel].channel;
}

/** An event about a message on its person's timeline. `key` tells repeats apart: the same key is the same event. */
export function messageEvent(
  clock: Clock,
  name: MessageEventName,
  message: MessageNews,
  properties: JsonObject = {},
  key = "",
): KilimEvent {
  return newEvent(clock, {
    messageId: `${name.toLowerCase().replace(" ", "-")}:${message.id}${key}`,
    source: SOURCE,
    name,
    profileId: message.profileId,
    channel: channelOfName(name),
    properties: {
      message_id: message.id,
      template_id: message.templateId,
      journey_id: message.journeyId,
      ...broadcastOf(message),
      ...properties,
    },
  });
}

/** The person took their consent to this channel back by the link of a message of it. */
export function unsubscribedEvent(clock: Clock, channel: Channel, message: MessageNews, wording: string): KilimEvent {
  return newEvent(clock, {
    messageId: `unsubscribed:${message.id}:${clock.now().epochMilliseconds}`,
    source: SOURCE,
    name: "Consent Changed",
    profileId: message.profileId,
    channel: eventChannel(channel),
    properties: {
      channel,
      purpose: "marketing",
      state: "denied",
      source: "unsubscribe_link",
      wording,
      message_id: message.id,
      template_id: message.templateId,
      journey_id: message.journeyId,
      ...broadcastOf(message),
    },
  });
}

function channelOfName(name: MessageEventName): EventChannel {
  const title = name.slice(0, name.indexOf(" "));
  return Object.values(IN_EVENTS).find((one) => one.title === title)?.channel ?? "api";
}

function broadcastOf({ broadcastId, variant }: MessageNews): JsonObject {
  return broadcastId ? { broadcast_id: broadcastId, variant: variant ?? null } : {};
}
