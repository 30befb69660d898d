import { z } from "zod";

import { mistake } from "../graph/mistakes.ts";
import { every, nodeId } from "../graph/shapes.ts";
import type { NodeKind } from "./node-kind.ts";

const schema = z.strictObject({
  kind: z.literal("ad_audience"),
  ...every,
  audience_id: z.string().min(1).max(200),
  do: z.enum(["add", "remove"]),
  next: nodeId,
});

/** Puts somebody into an audience of an ad network, or takes them out. */
export const adAudience: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "ad_audience",
  schema,
  ways: (node) => [{ path: "next", to: node.next }],
  async work({ node, run, effects }) {
    effects.errands.push({
      kind: "audience",
      id: `${run.id}:${run.steps}`,
      run,
      what: { audience_id: node.audience_id, do: node.do },
    });
    return { go: "next", note: { code: node.do === "add" ? "put_into_audience" : "taken_out_of_audience" } };
  },
  check: async (node, { db, deps }) => {
    const problem = deps.audiences
      ? await deps.audiences.check(db, node.audience_id)
      : "no ad network is connected to this installation";
    return problem === null ? [] : [{ ...mistake("no_audience", "audience_id"), message: problem }];
  },
};
