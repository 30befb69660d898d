import { type KilimEvent, newEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Run } from "./runs/run.ts";

const SOURCE = "journeys";

type RunOfEvent = Pick<Run, "id" | "profileId" | "journeyId" | "exitReason">;

export function enteredEvent(clock: Clock, run: RunOfEvent, journeyName: string, reason: string): KilimEvent {
  return runEvent(clock, "Journey Entered", run, journeyName, reason);
}

export function exitedEvent(clock: Clock, run: RunOfEvent, journeyName: string): KilimEvent {
  return runEvent(clock, "Journey Exited", run, journeyName, run.exitReason ?? "completed");
}

function runEvent(
  clock: Clock,
  name: "Journey Entered" | "Journey Exited",
  run: RunOfEvent,
  journeyName: string,
  reason: string,
): KilimEvent {
  return newEvent(clock, {
    messageId: `${name.toLowerCase().replace(" ", "-")}:${run.id}`,
    source: SOURCE,
    name,
    profileId: run.profileId,
    properties: { journey_id: run.journeyId, journey_name: journeyName, reason },
  });
}
