import type { NewMessage } from "../../messages/index.ts";
import type { Tx } from "../../platform/db.ts";
import type { Graph, JourneyNode } from "../contracts.ts";
import type { JourneysDeps } from "../deps.ts";
import { afterTime, arrive, end, nodeAt, noted, type Run, stayed, type Walk } from "./run.ts";

/** Validation forbids loops without a wait, so nobody passes more nodes than a journey has. */
const MOST_NODES = 500;

export interface Stepped extends Walk {
  readonly messages: readonly NewMessage[];
}

/** Takes a due run on until it waits or ends. What it says on the way is queued by the caller, in one go. */
export async function stepRun(
  tx: Tx,
  segments: JourneysDeps["segments"],
  run: Run,
  graph: Graph | undefined,
  now: Temporal.Instant,
): Promise<Stepped> {
  if (!graph) return { ...end(stayed(run), "node_missing", now), messages: [] };
  const messages: NewMessage[] = [];
  // Where a wait was over by its time, the next wait heeds what came since then, not only since we got to it.
  const since = run.wakeAt ?? now.toString();
  let walk = leaveWait(run, graph, now, since);
  for (let passed = 0; walk.run.status === "due"; passed++) {
    const node = nodeAt(graph, walk.run.node);
    if (!node || passed > MOST_NODES) return { ...end(walk, "node_missing", now), messages };
    if (node.kind === "send") {
      messages.push(messageOf(walk.run, node));
      walk = arrive(noted(walk, now.toString(), "message queued"), graph, node.next, now, since);
    } else if (node.kind === "branch") {
      const way = await chooseWay(tx, segments, walk.run, node, now);
      walk = arrive(noted(walk, now.toString(), way.note), graph, way.next, now, since);
    } else {
      walk = arrive(walk, graph, walk.run.node, now, since);
    }
  }
  return { ...walk, messages };
}

function leaveWait(run: Run, graph: Graph, now: Temporal.Instant, since: string): Walk {
  if (run.status !== "waiting") return stayed(run);
  const node = nodeAt(graph, run.node);
  const next = node && afterTime(node);
  if (!next) return end(stayed(run), "node_missing", now);
  const note = node.kind === "wait_event" ? `${node.event} did not come in time` : "waited";
  return arrive(noted(stayed(run), now.toString(), note), graph, next, now, since);
}

/** The key holds the step's number: a journey that comes by a second time speaks again, a retry does not. */
function messageOf(run: Run, node: Extract<JourneyNode, { kind: "send" }>): NewMessage {
  return {
    key: `run:${run.id}:${run.node}:${run.steps}`,
    profileId: run.profileId,
    templateId: node.template_id,
    data: run.carries,
    journey: { journeyId: run.journeyId, runId: run.id, node: run.node },
  };
}

async function chooseWay(
  tx: Tx,
  segments: JourneysDeps["segments"],
  run: Run,
  node: Extract<JourneyNode, { kind: "branch" }>,
  now: Temporal.Instant,
): Promise<{ next: string; note: string }> {
  for (const [index, one] of node.cases.entries()) {
    if (await segments.evaluate(tx, run.profileId, segments.parse(one.condition), now)) {
      return { next: one.next, note: `took ${one.name ? `"${one.name}"` : `way ${index + 1}`}` };
    }
  }
  return { next: node.otherwise, note: "took the other way" };
}
