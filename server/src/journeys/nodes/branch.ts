import { z } from "zod";

import { atPath } from "../../platform/json.ts";
import { mistake } from "../graph/mistakes.ts";
import { comparison, every, nodeId, reaction } from "../graph/shapes.ts";
import type { NoteOf } from "../runs/note.ts";
import type { NodeKind, Visit } from "./node-kind.ts";

const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);
const name = every.name;
const one = z.union([
  /** `condition` is a segment's definition. */
  z.strictObject({ name, condition: z.unknown().refine((value) => value !== undefined, "a condition"), next: nodeId }),
  /** What became of a message that this run has sent at an earlier node. */
  z.strictObject({
    name,
    reacted: z.strictObject({ node: nodeId, did: reaction }),
    next: nodeId,
  }),
  /** What the run carries: the event it began with (`event.order_id`), a webhook's answer (`answers.stock.left`). */
  z.strictObject({
    name,
    carried: z.strictObject({
      path: z.string().min(1).max(200),
      op: comparison,
      value: scalar.optional(),
    }),
    next: nodeId,
  }),
]);
const schema = z.strictObject({
  kind: z.literal("branch"),
  ...every,
  /** The first case that holds is taken. */
  cases: z.array(one).min(1).max(20),
  otherwise: nodeId,
});
type Node = z.infer<typeof schema>;
type Case = Node["cases"][number];
type Reason = Pick<NoteOf<"took_case">, "carried" | "reacted">;

export const branch: NodeKind<Node> & { schema: typeof schema } = {
  kind: "branch",
  schema,
  ways: (node) => [
    ...node.cases.map((given, index) => ({ path: `cases.${index}.next`, to: given.next })),
    { path: "otherwise", to: node.otherwise },
  ],
  async work(visit) {
    for (const [index, given] of visit.node.cases.entries()) {
      const reason = await reasonFor(visit, given);
      if (reason === null) continue;
      const note: NoteOf<"took_case"> = {
        code: "took_case",
        number: index + 1,
        ...(given.name ? { name: given.name } : {}),
        ...reason,
      };
      return { go: `cases.${index}.next`, note };
    }
    return { go: "otherwise", note: { code: "took_otherwise" } };
  },
  conditions: (node) =>
    node.cases.flatMap((given, index) =>
      "condition" in given ? [{ path: `cases.${index}.condition`, condition: given.condition }] : [],
    ),
  check: (node, { graph }) =>
    node.cases.flatMap((given, index) => {
      if (!("reacted" in given)) return [];
      const about = Object.hasOwn(graph.nodes, given.reacted.node) ? graph.nodes[given.reacted.node] : undefined;
      return about?.kind === "send" ? [] : [mistake("no_message_there", `cases.${index}.reacted.node`)];
    }),
};

/** Why a case holds, as far as the graph does not say it; null when it does not. */
async function reasonFor({ run, facts }: Visit<Node>, given: Case): Promise<Reason | null> {
  if ("condition" in given) return (await facts.holds(run.profileId, given.condition)) ? {} : null;
  if ("carried" in given) {
    const { path, op, value } = given.carried;
    const found = atPath(run.carries, path);
    return compares(found, op, value) ? { carried: { path, op, ...(value === undefined ? {} : { value }) } } : null;
  }
  const { node, did } = given.reacted;
  const met = await facts.reaction(run, node);
  const was = {
    sent: met?.status === "sent" || met?.status === "delivered",
    not_sent: met === null || ["skipped", "failed", "bounced"].includes(met.status),
    opened: met !== null && met.opened_at !== null,
    clicked: met !== null && met.clicked_at !== null,
    ordered: met !== null && met.ordered_at !== null,
  }[did];
  return was ? { reacted: did } : null;
}

function compares(found: unknown, op: string, value: unknown): boolean {
  const exists = found !== undefined && found !== null;
  switch (op) {
    case "exists":
      return exists;
    case "not_exists":
      return !exists;
    case "is":
      return exists && String(found) === String(value);
    case "is_not":
      return !exists || String(found) !== String(value);
    case "gte":
      return exists && Number(found) >= Number(value);
    default:
      return exists && Number(found) <= Number(value);
  }
}
