import { type KilimEvent, newEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { JsonObject } from "../platform/json.ts";

export const SOURCE = "messages";

export interface MessageNews {
  readonly id: string;
  readonly profileId: string;
  readonly templateId: string | null;
  readonly journeyId: string | null;
  readonly broadcastId?: string | null;
  readonly variant?: string | null;
}

export type MessageEventName =
  | "Email Sent"
  | "Email Skipped"
  | "Email Failed"
  | "Email Bounced"
  | "Email Opened"
  | "Email Clicked";

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
    channel: "email",
    properties: {
      message_id: message.id,
      template_id: message.templateId,
      journey_id: message.journeyId,
      ...broadcastOf(message),
      ...properties,
    },
  });
}

/** The person took their consent back by the link of this message. */
export function unsubscribedEvent(clock: Clock, message: MessageNews, wording: string): KilimEvent {
  return newEvent(clock, {
    messageId: `unsubscribed:${message.id}:${clock.now().epochMilliseconds}`,
    source: SOURCE,
    name: "Consent Changed",
    profileId: message.profileId,
    channel: "email",
    properties: {
      channel: "email",
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

function broadcastOf({ broadcastId, variant }: MessageNews): JsonObject {
  return broadcastId ? { broadcast_id: broadcastId, variant: variant ?? null } : {};
}
