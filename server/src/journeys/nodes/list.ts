import { z } from "zod";

import { every, nodeId } from "../graph/shapes.ts";
import { missingList } from "./check-parts.ts";
import type { NodeKind } from "./node-kind.ts";

const schema = z.strictObject({
  kind: z.literal("list"),
  ...every,
  list_id: z.uuid(),
  do: z.enum(["add", "remove"]),
  next: nodeId,
});

export const list: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "list",
  schema,
  ways: (node) => [{ path: "next", to: node.next }],
  async work({ node, run, effects }) {
    effects.errands.push({
      kind: "list",
      id: `${run.id}:${run.steps}`,
      run,
      what: { list_id: node.list_id, do: node.do },
    });
    return { go: "next", note: { code: node.do === "add" ? "put_on_list" : "taken_off_list" } };
  },
  check: (node, checking) => missingList(checking, node.list_id, "list_id"),
};
