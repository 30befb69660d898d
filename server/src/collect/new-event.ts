import type { Clock } from "../platform/clock.ts";
import type { KilimEvent, NewEvent } from "./contracts.ts";

/** An event written by one of our own rooms, with what it left out filled in. */
export function newEvent(clock: Clock, event: NewEvent): KilimEvent {
  const now = new Date(clock.now().epochMilliseconds).toISOString();
  return {
    type: "track",
    userId: null,
    anonymousId: null,
    previousId: null,
    groupId: null,
    profileId: null,
    verified: false,
    timestamp: now,
    originalTimestamp: null,
    sentAt: null,
    receivedAt: now,
    channel: "api",
    touchpoint: null,
    historical: false,
    properties: {},
    traits: {},
    context: {},
    ...event,
  };
}
