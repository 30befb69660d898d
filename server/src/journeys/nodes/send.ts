import { z } from "zod";

import type { FieldError } from "../../platform/errors.ts";
import { mistake } from "../graph/mistakes.ts";
import { duration, every, nodeId } from "../graph/shapes.ts";
import { isLate } from "./late.ts";
import type { Checking, ChosenChannel, NodeKind } from "./node-kind.ts";

const schema = z
  .strictObject({
    kind: z.literal("send"),
    ...every,
    /** Of one message; its template says on which channel. */
    template_id: z.uuid().optional(),
    /** For the best channel: a template for each that may be used. */
    best_of: z.array(z.uuid()).min(2).max(10).optional(),
    channel: z.string().max(20).optional().describe("For older clients; the template decides"),
    /** `draft`: the step is counted and nothing is said, until the message is set live. */
    state: z.enum(["live", "draft"]).default("live"),
    /** When we come later than this after its time, the message is left out. */
    skip_after: duration.optional(),
    next: nodeId,
  })
  .refine((node) => (node.template_id === undefined) !== (node.best_of === undefined), {
    path: ["template_id"],
    message: "either one template or several to choose from",
  });
type Node = z.infer<typeof schema>;

export const send: NodeKind<Node> & { schema: typeof schema } = {
  kind: "send",
  schema,
  ways: (node) => [{ path: "next", to: node.next }],
  async work({ node, run, now, since, facts, effects }) {
    if (node.state === "draft") return { go: "next", note: { code: "message_is_draft" } };
    if (node.skip_after !== undefined && isLate(node.skip_after, now, since))
      return { go: "next", note: { code: "message_too_late", limit: node.skip_after } };
    const chosen = await templateFor(node, run.profileId, facts);
    if (!chosen) return { go: "next", note: { code: "no_channel" } };
    effects.messages.push({
      // The step's number: a journey that comes by a second time speaks again, a retry does not.
      key: `run:${run.id}:${run.node}:${run.steps}`,
      profileId: run.profileId,
      templateId: chosen.templateId,
      data: run.carries,
      journey: { journeyId: run.journeyId, runId: run.id, node: run.node },
    });
    const { best } = chosen;
    return { go: "next", note: best ? { code: "message_queued_by_best", ...best } : { code: "message_queued" } };
  },
  templates: (node) => node.best_of ?? [node.template_id ?? ""],
  check: (node, checking) =>
    node.best_of
      ? missingTemplates(checking, node.best_of, (index) => `best_of.${index}`)
      : missingTemplates(checking, [node.template_id ?? ""], () => "template_id"),
};

async function templateFor(
  node: Node,
  profileId: string,
  facts: Parameters<NonNullable<typeof send.work>>[0]["facts"],
): Promise<{ templateId: string; best?: ChosenChannel } | null> {
  if (node.template_id !== undefined) return { templateId: node.template_id };
  const templates = await facts.channelsOf(node.best_of ?? []);
  const choice = await facts.channel(profileId, [...templates.keys()]);
  const templateId = choice && templates.get(choice.channel);
  return templateId ? { templateId, best: choice } : null;
}

async function missingTemplates(
  { db, deps }: Checking,
  ids: readonly string[],
  path: (index: number) => string,
): Promise<FieldError[]> {
  const known = await deps.messages.purposesOf(db, ids);
  return ids.flatMap((id, index) => (known.has(id) ? [] : [mistake("no_template", path(index))]));
}
