import { type KilimEvent, newEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { JsonObject } from "../platform/json.ts";
import type { CameBy } from "./runs/note.ts";
import type { Run, Step, Walk } from "./runs/run.ts";

export const SOURCE = "journeys";

type RunOfEvent = Pick<Run, "id" | "profileId" | "journeyId" | "exitReason"> & Partial<Pick<Run, "carries">>;

export function enteredEvent(clock: Clock, run: RunOfEvent & Partial<Run>, name: string, came: CameBy): KilimEvent {
  return runEvent(clock, "Journey Entered", run, name, { came, version: run.version ?? 0 });
}

/** Somebody would have come in, and does not, for this reason. */
export function keptOutEvent(clock: Clock, run: RunOfEvent, name: string): KilimEvent {
  return runEvent(clock, "Journey Kept Out", run, name, { reason: run.exitReason ?? "" });
}

export function exitedEvent(
  clock: Clock,
  run: RunOfEvent,
  journeyName: string,
  steps: readonly Step[] = [],
): KilimEvent {
  const reason = run.exitReason ?? "completed";
  return runEvent(clock, "Journey Exited", run, journeyName, {
    reason,
    ...(steps.length > 0 ? { steps: written(steps) } : {}),
  });
}

/** What happened to somebody on the way, with the reasons. */
export function movedEvent(clock: Clock, { run, steps }: Walk, journeyName: string): KilimEvent {
  return runEvent(clock, "Journey Moved", run, journeyName, { node: run.node, steps: written(steps) }, `:${run.steps}`);
}

function written(steps: readonly Step[]): JsonObject[] {
  return steps.map(({ node, note, way }) => ({
    node,
    note: note as JsonObject,
    ...(way === undefined ? {} : { way }),
  }));
}

/** `<node> <arm>` of every experiment that the run has come through: what `in_experiment` asks for. */
function armsOf({ carries }: RunOfEvent): JsonObject {
  const drawn = Object.entries((carries?.variants ?? {}) as JsonObject);
  return drawn.length === 0 ? {} : { arms: drawn.map(([node, arm]) => `${node} ${arm}`) };
}

function runEvent(
  clock: Clock,
  name: "Journey Entered" | "Journey Kept Out" | "Journey Moved" | "Journey Exited",
  run: RunOfEvent,
  journeyName: string,
  more: JsonObject,
  key = "",
): KilimEvent {
  return newEvent(clock, {
    messageId: `${name.toLowerCase().replaceAll(" ", "-")}:${run.id}${key}`,
    source: SOURCE,
    name,
    profileId: run.profileId,
    properties: { journey_id: run.journeyId, journey_name: journeyName, run_id: run.id, ...more, ...armsOf(run) },
  });
}
