import { type KilimEvent, newEvent } from "../../collect/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { SOURCE } from "../events.ts";
import { kindOf } from "../nodes/kinds.ts";
import type { AnyNode, Effects, Facts, Visit } from "../nodes/node-kind.ts";
import { end, type Ground, nodeAt, type Run, settleOn, stayed, type Walk } from "./run.ts";

/** Validation forbids loops without a wait, so nobody passes more nodes than a journey has. */
const MOST_NODES = 500;

export function noEffects(): Effects {
  return { messages: [], events: [], errands: [], entering: [] };
}

/**
 * Takes a due run on until it waits or ends; what its nodes cause is added to `effects`. The same for people on the way
 * and for a rehearsal: only the facts and what is done with the effects differ.
 */
export async function stepRun(
  { clock, facts }: { readonly clock: Clock; readonly facts: Facts },
  run: Run,
  ground: Ground | undefined,
  now: Temporal.Instant,
  effects: Effects,
): Promise<Walk> {
  if (!ground) return end(stayed(run), "node_missing", now);
  // Where a wait was over by its time, the next wait heeds what came since then, not only since we got to it.
  const since = run.status === "waiting" ? (run.wakeAt ?? now.toString()) : (run.waitsSince ?? now.toString());
  const dueSince = run.wakeAt ?? now.toString();
  const visit = (walk: Walk, node: AnyNode): Visit<AnyNode> => ({
    node,
    run: walk.run,
    graph: ground.graph,
    now,
    since: dueSince,
    facts,
    effects,
    event: (given) => eventOf(clock, walk.run, given),
  });
  let walk = stayed(run);
  for (let passed = 0; passed <= MOST_NODES; passed++) {
    const node = nodeAt(ground.graph, walk.run.node);
    const kind = kindOf(ground.kinds, node);
    const act = passed === 0 && run.status === "waiting" ? kind?.wake : kind?.work;
    if (!node || !kind || !act) {
      const outcome = node && kind?.arrive?.(node, now);
      if (!outcome) return end(walk, "node_missing", now);
      walk = settleOn(walk, ground, outcome, now, since);
    } else {
      walk = settleOn(walk, ground, await act.call(kind, visit(walk, node)), now, since);
    }
    if (walk.run.status !== "due") return walk;
  }
  return end(walk, "node_missing", now);
}

function eventOf(clock: Clock, run: Run, given: Parameters<Visit<AnyNode>["event"]>[0]): KilimEvent {
  return newEvent(clock, {
    messageId: `journey-step:${run.id}:${run.steps}`,
    source: SOURCE,
    profileId: run.profileId,
    type: given.type ?? "track",
    name: given.name === "" ? "Identify" : given.name,
    properties: given.properties ?? {},
    traits: given.traits ?? {},
  });
}
