import type { JsonObject } from "../../platform/json.ts";
import { type Graph, type JourneyNode, secondsOf } from "../contracts.ts";

/** A person's way through a journey, as it stands. Times are RFC 3339. */
export interface Run {
  readonly id: string;
  readonly journeyId: string;
  readonly version: number;
  readonly profileId: string;
  readonly businessKey: string;
  readonly node: string;
  /** due: the node is to be worked; waiting: for its time or its event; ended. */
  readonly status: "due" | "waiting" | "ended";
  readonly wakeAt: string | null;
  /** Events from then on count for the wait at hand. */
  readonly waitsSince: string | null;
  readonly steps: number;
  readonly carries: JsonObject;
  /** When what it began with became true; earlier events are no business of this run. */
  readonly beganAt: string;
  readonly enteredAt: string;
  readonly exitedAt: string | null;
  readonly exitReason: string | null;
  readonly convertedAt: string | null;
}

export interface Step {
  readonly runId: string;
  readonly n: number;
  readonly node: string;
  readonly at: string;
  readonly note: string;
}

export type ExitReason = "completed" | "goal" | "left_segment" | "merged" | "archived" | "error" | "node_missing";

/** A run and the steps it made on the way; every function here gives a new one. */
export interface Walk {
  readonly run: Run;
  readonly steps: readonly Step[];
}

export function stayed(run: Run): Walk {
  return { run, steps: [] };
}

/** Comes to `node` at `now`: waits begin, what must be worked is due at once, an exit ends the run. */
export function arrive(walk: Walk, graph: Graph, node: string, now: Temporal.Instant, since: string): Walk {
  const found = nodeAt(graph, node);
  const at = now.toString();
  const run = { ...walk.run, node, wakeAt: null as string | null, waitsSince: null as string | null };
  switch (found?.kind) {
    case undefined:
      return end({ ...walk, run }, "node_missing", now);
    case "wait":
      run.wakeAt = now.add({ seconds: secondsOf(found.duration) }).toString();
      return noted({ ...walk, run: { ...run, status: "waiting" } }, at, `waits ${found.duration}`);
    case "wait_event":
      run.wakeAt = now.add({ seconds: secondsOf(found.timeout) }).toString();
      run.waitsSince = since;
      return noted(
        { ...walk, run: { ...run, status: "waiting" } },
        at,
        `waits for ${found.event}, at most ${found.timeout}`,
      );
    case "branch":
    case "send":
      return { ...walk, run: { ...run, status: "due", wakeAt: at, waitsSince: since } };
    case "exit":
      return end({ ...walk, run }, "completed", now);
  }
}

export function end(walk: Walk, reason: ExitReason, now: Temporal.Instant): Walk {
  const at = now.toString();
  const run: Run = {
    ...walk.run,
    status: "ended",
    wakeAt: null,
    waitsSince: null,
    exitedAt: at,
    exitReason: reason,
    convertedAt: reason === "goal" ? at : walk.run.convertedAt,
  };
  return noted({ ...walk, run }, at, `ended: ${reason}`);
}

/** Adds a line to the run's log. */
export function noted(walk: Walk, at: string, note: string): Walk {
  const n = walk.run.steps + 1;
  const step = { runId: walk.run.id, n, node: walk.run.node, at, note };
  return { run: { ...walk.run, steps: n }, steps: [...walk.steps, step] };
}

/** Where a wait leads when its time is up. */
export function afterTime(node: JourneyNode): string | null {
  if (node.kind === "wait") return node.next;
  return node.kind === "wait_event" ? node.on_timeout : null;
}

export function nodeAt(graph: Graph, id: string): JourneyNode | undefined {
  return Object.hasOwn(graph.nodes, id) ? graph.nodes[id] : undefined;
}
