import type { KilimEvent } from "../../collect/index.ts";
import { atPath } from "../../platform/json.ts";
import type { MembershipChange } from "../../segments/contracts.ts";
import type { Graph } from "../contracts.ts";
import type { SegmentDoor } from "../deps.ts";
import { kindOf } from "../nodes/kinds.ts";
import type { Listening } from "../nodes/node-kind.ts";
import type { Note } from "./note.ts";
import { end, type Ground, nodeAt, noted, type Run, settleOn, stayed, type Walk } from "./run.ts";

type Matches = SegmentDoor["matches"];

/**
 * What an event does to a run under way: it reaches the goal, or a rule for leaving, or it is what the run waits for, or
 * nothing (null). A wait is open at its far end: an event at the very moment of the timeout comes too late, whoever looks
 * first.
 */
export function heedEvent(
  run: Run,
  ground: Ground,
  event: KilimEvent,
  now: Temporal.Instant,
  matches: Matches,
): Walk | null {
  const { graph } = ground;
  if (run.status === "ended" || isBefore(event.timestamp, run.beganAt) || !isOfKey(run, graph, event)) return null;
  const fits = (test: { event: string; where?: Parameters<Matches>[0]["where"] }) =>
    matches({ did: test.event, where: test.where }, event);
  const told = () =>
    noted(stayed(run), now.toString(), { code: "event_happened", event: event.name, channel: event.channel });
  if (graph.goal && fits(graph.goal)) return end(told(), "goal", now);
  // What was imported must set nothing in motion that ends in a message.
  if (event.historical) return null;
  if (graph.exit_on?.some((rule) => "event" in rule && fits(rule))) return end(told(), "exit_rule", now);
  const heard = listeningAt(run, ground).find((one) => "event" in one && fits(one));
  if (!heard || !isInTime(run, event.timestamp)) return null;
  return settleOn(
    stayed(run),
    ground,
    { go: heard.way, note: { code: "event_came", event: event.name } },
    now,
    event.timestamp,
  );
}

/** The same for somebody's coming into a segment. */
export function heedChange(run: Run, ground: Ground, change: MembershipChange, now: Temporal.Instant): Walk | null {
  if (run.status === "ended" || change.historical || change.kind !== "entered") return null;
  const { graph } = ground;
  const isSegment = (one: object) =>
    ("segment_id" in one && one.segment_id === change.segmentId) ||
    ("segmentId" in one && one.segmentId === change.segmentId);
  const note: Note = { code: "entered_segment", segment: change.segmentName };
  if (graph.exit_on?.some(isSegment)) return end(noted(stayed(run), now.toString(), note), "exit_rule", now);
  const heard = listeningAt(run, ground).find(isSegment);
  if (!heard || !isInTime(run, change.at)) return null;
  return settleOn(stayed(run), ground, { go: heard.way, note }, now, change.at);
}

function listeningAt(run: Run, { graph, kinds }: Ground): readonly Listening[] {
  if (run.status !== "waiting" || run.wakeAt === null) return [];
  const node = nodeAt(graph, run.node);
  return (node && kindOf(kinds, node)?.listens?.(node)) ?? [];
}

function isInTime(run: Run, at: string): boolean {
  return !isBefore(at, run.waitsSince ?? run.beganAt) && run.wakeAt !== null && isBefore(at, run.wakeAt);
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
