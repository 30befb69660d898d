import { z } from "zod";

import { assign, isHeldOut, standingOf } from "../../experiments/index.ts";
import { mistake } from "../graph/mistakes.ts";
import { every, nodeId } from "../graph/shapes.ts";
import type { Tally } from "../queries/flows.pg.ts";
import type { NodeKind } from "./node-kind.ts";

const schema = z.strictObject({
  kind: z.literal("experiment"),
  ...every,
  variants: z
    .array(z.strictObject({ name: z.string().min(1).max(60), share: z.number().gt(0).max(100), next: nodeId }))
    .min(2)
    .max(8),
  /** Per cent of the people who get none of the variants, to see what they are worth. */
  holdout: z.strictObject({ share: z.number().gt(0).max(90), next: nodeId }).optional(),
  /** Once each variant has had so many people and one is clearly best, everybody new gets that one. Not while the split is broken. */
  winner: z.strictObject({ people: z.int().min(100).max(10_000_000).default(1_000) }).optional(),
});

export type Experiment = z.infer<typeof schema>;

/** The journey's goal tells which variant was better. */
export const experiment: NodeKind<Experiment> & { schema: typeof schema } = {
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
    const place = `${run.journeyId} ${run.node}`;
    if (node.holdout && isHeldOut(place, run.profileId, node.holdout.share / 100))
      return { go: "holdout.next", note: { code: "held_out" }, carries: remember(HELD_OUT) };
    const best = node.winner ? winnerAmong(node, await facts.tallies(run, run.node)) : null;
    const shares = node.variants.map(({ share }, index) => ({ id: String(index), weight: share }));
    const index = best ?? Number(assign(place, run.profileId, shares));
    const name = node.variants[index]?.name ?? "";
    const code = best === null ? "variant" : "winner";
    return { go: `variants.${index}.next`, note: { code, name }, carries: remember(name) };
  },
  check: (node, { graph }) => [...(graph.goal ? [] : [mistake("no_goal", "variants")]), ...sameNames(node)],
};

/** As results, conditions and what a run carries call those who get none of the variants. */
const HELD_OUT = "holdout";

/** Results and conditions tell arms apart by their names. */
function sameNames({ variants }: Experiment) {
  const names = [HELD_OUT, ...variants.map(({ name }) => name)];
  return variants.flatMap(({ name }, index) =>
    names.indexOf(name) <= index ? [mistake("same_name", `variants.${index}.name`)] : [],
  );
}

/** So sure it has to be, however often it is looked at: here with everybody who comes. */
const CONFIDENCE = 0.99;
const NOBODY: Tally = { people: 0, converted: 0, drawn: 0, given: 0 };

/** The index of the variant that everybody new gets; null as long as chance decides. */
export function winnerAmong({ variants, winner }: Experiment, tallies: ReadonlyMap<string, Tally>): number | null {
  if (!winner) return null;
  const arms = variants.map(({ share }, index) => {
    const { people, drawn, converted } = tallies.get(`variants.${index}.next`) ?? NOBODY;
    return { id: String(index), weight: share, people, drawn, conversions: converted };
  });
  const found = standingOf({
    arms,
    confidence: CONFIDENCE,
    winner: "sequential",
    least_people: winner.people,
    least_conversions: 25,
  }).winner;
  return found === null ? null : Number(found);
}
