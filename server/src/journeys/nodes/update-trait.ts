import { z } from "zod";

import type { JsonObject } from "../../platform/json.ts";
import { every, nodeId } from "../graph/shapes.ts";
import type { AnyNode, NodeKind } from "./node-kind.ts";

const schema = z.strictObject({
  kind: z.literal("update_trait"),
  ...every,
  /** null takes the trait away. */
  traits: z
    .record(z.string().min(1).max(200), z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]))
    .refine((traits) => Object.keys(traits).length > 0 && Object.keys(traits).length <= 20, "1 to 20 traits"),
  next: nodeId,
});

/** Kinds that look at the person: they have to see what was just told. */
const LOOKS = new Set(["branch", "wait_date", "wait_event"]);
const UNTIL_FOLDED = { seconds: 2 };

/** Tells traits as an event like any other; they are on the profile within a moment. */
export const updateTrait: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "update_trait",
  schema,
  ways: (node) => [{ path: "next", to: node.next }],
  async work({ node, graph, now, effects, event }) {
    effects.events.push(event({ name: "", type: "identify", traits: node.traits as JsonObject }));
    const note = { code: "set_traits", traits: Object.keys(node.traits) } as const;
    const next = graph.nodes[node.next] as AnyNode | undefined;
    return next && LOOKS.has(next.kind) ? { rest: now.add(UNTIL_FOLDED), note } : { go: "next", note };
  },
  wake: async () => ({ go: "next", note: { code: "traits_told" } }),
};
