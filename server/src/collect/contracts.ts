import type { JsonObject } from "../platform/json.ts";

export const EVENT_TYPES = ["track", "identify", "page", "screen", "group", "alias"] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const CHANNELS = [
  "web",
  "app",
  "store",
  "kiosk",
  "email",
  "sms",
  "whatsapp",
  "push",
  "social",
  "ads",
  "phone",
  "chat",
  "voice",
  "mail",
  "api",
] as const;
export type Channel = (typeof CHANNELS)[number];

/** One event as it lies in the inbox: checked at the door, with its time corrected. Times are RFC 3339 UTC, ms. */
export interface KilimEvent {
  /** Tells a repeat from another payload under the same id; only on what comes from outside. */
  readonly digest?: number;
  /** By its user agent a bot or scanner: of nobody, and in no figure. */
  readonly bot?: boolean;
  readonly messageId: string;
  /** The key it came in by, or the name of the room that wrote it. Repeats are told per source. */
  readonly source: string;
  readonly type: EventType;
  /** track: the event's name; else "Page Viewed", "Screen Viewed", "Identify", "Group", "Alias". */
  readonly name: string;
  readonly userId: string | null;
  readonly anonymousId: string | null;
  readonly previousId: string | null;
  readonly groupId: string | null;
  /** Whom it is about, when one of our own rooms knows. Always null for what comes from outside. */
  readonly profileId: string | null;
  /** The identifiers were proven (a code from her mail, a signed token). Never true for what comes from outside. */
  readonly verified: boolean;
  /** When it happened, corrected for the device's clock; never after `receivedAt`. */
  readonly timestamp: string;
  readonly originalTimestamp: string | null;
  readonly sentAt: string | null;
  readonly receivedAt: string;
  readonly channel: Channel;
  readonly touchpoint: string | null;
  readonly historical: boolean;
  readonly properties: JsonObject;
  readonly traits: JsonObject;
  readonly context: JsonObject;
}

/** What a room says when it writes an event; the rest is filled in by `newEvent`. */
export type NewEvent = Pick<KilimEvent, "messageId" | "source" | "name"> &
  Partial<Omit<KilimEvent, "messageId" | "source" | "name">>;
