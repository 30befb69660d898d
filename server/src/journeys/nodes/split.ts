import { z } from "zod";

import { assign } from "../../experiments/index.ts";
import { every, nodeId } from "../graph/shapes.ts";
import type { NodeKind } from "./node-kind.ts";

const schema = z.strictObject({
  kind: z.literal("split"),
  ...every,
  ways: z
    .array(z.strictObject({ name: every.name, share: z.number().min(0).max(100), next: nodeId }))
    .min(2)
    .max(20)
    .refine((ways) => ways.some(({ share }) => share > 0), "at least one way has a share"),
});

/** Chance decides, for the same person always alike. */
export const split: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "split",
  schema,
  ways: (node) => node.ways.map((way, index) => ({ path: `ways.${index}.next`, to: way.next })),
  async work({ node, run }) {
    const shares = node.ways.map(({ share }, index) => ({ id: String(index), weight: share }));
    const index = Number(assign(`${run.journeyId} ${run.node}`, run.profileId, shares));
    const name = node.ways[index]?.name;
    return { go: `ways.${index}.next`, note: { code: "by_chance", number: index + 1, ...(name ? { name } : {}) } };
  },
};
