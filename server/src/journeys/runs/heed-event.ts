import type { KilimEvent } from "../../collect/index.ts";
import { atPath } from "../../platform/json.ts";
import type { Graph } from "../contracts.ts";
import type { SegmentDoor } from "../deps.ts";
import { arrive, end, nodeAt, noted, type Run, stayed, type Walk } from "./run.ts";

type Matches = SegmentDoor["matches"];

/**
 * What an event does to a run under way: it reaches the goal, or it is what the run waits for, or nothing (null).
 * A wait is open at its far end: an event at the very moment of the timeout comes too late, whoever looks first.
 */
export function heedEvent(
  run: Run,
  graph: Graph,
  event: KilimEvent,
  now: Temporal.Instant,
  matches: Matches,
): Walk | null {
  if (run.status === "ended" || isBefore(event.timestamp, run.beganAt) || !isOfKey(run, graph, event)) return null;
  const { goal } = graph;
  if (goal && matches({ did: goal.event, where: goal.where }, event)) {
    return end(noted(stayed(run), now.toString(), `${event.name} on ${event.channel}`), "goal", now);
  }
  // What was imported must set nothing in motion that ends in a message.
  if (event.historical || run.status !== "waiting" || run.wakeAt === null) return null;
  const node = nodeAt(graph, run.node);
  if (node?.kind !== "wait_event" || !matches({ did: node.event, where: node.where }, event)) return null;
  if (isBefore(event.timestamp, run.waitsSince ?? run.beganAt) || !isBefore(event.timestamp, run.wakeAt)) return null;
  const walk = noted(stayed(run), now.toString(), `${event.name} came`);
  return arrive(walk, graph, node.next, now, event.timestamp);
}

/** Runs told apart by a business key heed an event that names the key only when it is theirs. */
function isOfKey(run: Run, graph: Graph, event: KilimEvent): boolean {
  if (run.businessKey === "" || graph.entry.kind !== "event" || graph.entry.key === undefined) return true;
  const key = atPath(event.properties, graph.entry.key);
  return key === undefined || key === null || String(key) === run.businessKey;
}

/** The key an entering event gives its run: "" when the journey has none, null when the event lacks it. */
export function businessKey(graph: Graph, event: KilimEvent): string | null {
  if (graph.entry.kind !== "event" || graph.entry.key === undefined) return "";
  const key = atPath(event.properties, graph.entry.key);
  return typeof key === "string" || typeof key === "number" ? String(key).slice(0, 200) : null;
}

function isBefore(a: string, b: string): boolean {
  return Date.parse(a) < Date.parse(b);
}
