import { z } from "zod";

import type { Graph } from "../contracts.ts";
import { duration, every, lateness, nodeId, secondsOf } from "../graph/shapes.ts";
import { lateWays, onTime } from "./late.ts";
import { localTimeOf } from "./local-time.ts";
import type { Facts, NodeKind } from "./node-kind.ts";
import { send } from "./send.ts";

const schema = z.strictObject({
  kind: z.literal("best_hour"),
  ...every,
  ...lateness,
  /** Never longer than this. */
  within: duration.default("PT24H"),
  next: nodeId,
});

/** Until the hour at which this person is most likely to react. */
export const bestHour: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "best_hour",
  schema,
  isRest: true,
  ways: (node) => [{ path: "next", to: node.next }, ...lateWays(node)],
  async work({ node, run, graph, now, facts }) {
    const timeZone = await facts.zone(run.profileId);
    const latest = now.add({ seconds: secondsOf(node.within) });
    const channels = await channelsBehind(node, graph, facts);
    const hour = await facts.hour(run.profileId, { from: now, until: latest, zone: timeZone }, channels);
    const until = Temporal.Instant.compare(hour, latest) > 0 ? latest : hour;
    return { rest: until, note: { code: "waits_for_best_hour", ...localTimeOf(until, timeZone) } };
  },
  wake: async ({ node, now, since }) => onTime(node, now, since),
};

/** On which the message that follows may go out; none when another step follows. */
async function channelsBehind({ next }: z.infer<typeof schema>, graph: Graph, facts: Facts): Promise<string[]> {
  const node = graph.nodes[next];
  const templates = node?.kind === "send" ? send.templates?.(node) : undefined;
  return templates ? [...(await facts.channelsOf(templates)).keys()] : [];
}
