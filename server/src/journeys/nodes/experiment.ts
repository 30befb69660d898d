import { z } from "zod";

import { every, nodeId } from "../graph/shapes.ts";
import { clearWinner } from "./clear-winner.ts";
import type { NodeKind } from "./node-kind.ts";
import { chanceOf, pickShare } from "./share-of.ts";

const schema = z.strictObject({
  kind: z.literal("experiment"),
  ...every,
  variants: z
    .array(z.strictObject({ name: z.string().min(1).max(60), share: z.number().gt(0).max(100), next: nodeId }))
    .min(2)
    .max(8),
  /** Per cent of the people who get none of the variants, to see what they are worth. */
  holdout: z.strictObject({ share: z.number().gt(0).max(90), next: nodeId }).optional(),
  /** Once each variant has had so many people and one is clearly best, everybody new gets that one. */
  winner: z.strictObject({ people: z.int().min(100).max(10_000_000).default(1_000) }).optional(),
});

/** The journey's goal tells which variant was better. */
export const experiment: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "experiment",
  schema,
  ways: (node) => [
    ...node.variants.map((variant, index) => ({ path: `variants.${index}.next`, to: variant.next })),
    ...(node.holdout ? [{ path: "holdout.next", to: node.holdout.next }] : []),
  ],
  async work({ node, run, facts }) {
    const remember = (name: string) => ({
      ...run.carries,
      variants: { ...(run.carries.variants as object | undefined), [run.node]: name },
    });
    // Another draw: who is held out here has nothing to do with which variant others get.
    if (node.holdout && chanceOf("holdout", run.journeyId, run.node, run.profileId) * 100 < node.holdout.share)
      return { go: "holdout.next", note: "held out", carries: remember("holdout") };
    const ways = node.variants.map((_, index) => `variants.${index}.next`);
    if (node.winner) {
      const tallies = await facts.tallies(run, run.node);
      const best = clearWinner(
        ways.map((way) => tallies.get(way) ?? { passed: 0, converted: 0 }),
        node.winner.people,
      );
      if (best !== null)
        return {
          go: `variants.${best}.next`,
          note: `the winner: ${node.variants[best]?.name}`,
          carries: remember(node.variants[best]?.name ?? ""),
        };
    }
    const shares = node.variants.map(({ share }) => share);
    const index = pickShare(shares, chanceOf("experiment", run.journeyId, run.node, run.profileId));
    const name = node.variants[index]?.name ?? "";
    return { go: `variants.${index}.next`, note: `variant ${name}`, carries: remember(name) };
  },
  check: (_node, { graph }) =>
    graph.goal ? [] : [{ path: "variants", message: "without a goal of the journey nothing tells which is better" }],
};
