import type { JsonObject } from "../../platform/json.ts";
import type { Graph, JourneyNode } from "../contracts.ts";
import { type Kinds, kindOf } from "../nodes/kinds.ts";
import type { Outcome } from "../nodes/node-kind.ts";
import type { Note } from "./note.ts";

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

/** A line of a run's log. */
export interface Step {
  readonly runId: string;
  readonly n: number;
  readonly node: string;
  readonly at: string;
  readonly note: Note;
  /** The way by which the node was left. */
  readonly way?: string;
  /** Of the journey, as the run had it then. */
  readonly version: number;
}

export type ExitReason =
  | "completed"
  | "goal"
  | "left_segment"
  | "exit_rule"
  | "holdout"
  | "global_holdout"
  | "version_ended"
  | "merged"
  | "archived"
  | "error"
  | "node_missing";

/** A run and the steps it made on the way; every function here gives a new one. */
export interface Walk {
  readonly run: Run;
  readonly steps: readonly Step[];
}

export function stayed(run: Run): Walk {
  return { run, steps: [] };
}

/** What a walk leads along: the graph of its version, and how its nodes work. */
export interface Ground {
  readonly graph: Graph;
  readonly kinds: Kinds;
}

/**
 * Comes to `node` at `now`: waits begin, what must ask something first is due at once, an exit ends the run. Events
 * from `since` on are heeded here.
 */
export function arrive(walk: Walk, ground: Ground, node: string, now: Temporal.Instant, since: string): Walk {
  const found = nodeAt(ground.graph, node);
  const kind = kindOf(ground.kinds, found);
  const here = { ...walk, run: { ...walk.run, node, wakeAt: now.toString(), waitsSince: since } };
  if (!found || !kind) return end({ ...here, run: { ...here.run, wakeAt: null } }, "node_missing", now);
  const outcome = kind.arrive?.(found, now) ?? null;
  if (outcome === null) return { ...here, run: { ...here.run, status: "due" } };
  return settleOn(here, ground, outcome, now, since);
}

/** What a node has decided becomes true of the run. */
export function settleOn(walk: Walk, ground: Ground, outcome: Outcome, now: Temporal.Instant, since: string): Walk {
  const at = now.toString();
  if ("end" in outcome) return end(outcome.note ? noted(walk, at, outcome.note) : walk, outcome.end, now);
  if ("rest" in outcome) {
    const run: Run = { ...walk.run, status: "waiting", wakeAt: outcome.rest.toString() };
    return noted({ ...walk, run }, at, outcome.note);
  }
  const node = nodeAt(ground.graph, walk.run.node);
  const to =
    node &&
    kindOf(ground.kinds, node)
      ?.ways(node)
      .find(({ path }) => path === outcome.go)?.to;
  const carrying = outcome.carries ? { ...walk, run: { ...walk.run, carries: outcome.carries } } : walk;
  if (to === undefined) return end(carrying, "node_missing", now);
  return arrive(noted(carrying, at, outcome.note, outcome.go), ground, to, now, since);
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
  return noted({ ...walk, run }, at, { code: "ended", reason });
}

/** Adds a line to the run's log. */
export function noted(walk: Walk, at: string, note: Note, way?: string): Walk {
  const n = walk.run.steps + 1;
  const { id: runId, node, version } = walk.run;
  const step = { runId, n, node, at, note, version, ...(way === undefined ? {} : { way }) };
  return { run: { ...walk.run, steps: n }, steps: [...walk.steps, step] };
}

export function nodeAt(graph: Graph, id: string): JourneyNode | undefined {
  return Object.hasOwn(graph.nodes, id) ? graph.nodes[id] : undefined;
}
