import { z } from "zod";

import { atPath, isJsonObject } from "../../platform/json.ts";
import { every, nodeId } from "../graph/shapes.ts";
import type { NodeKind } from "./node-kind.ts";

/** What the answer is kept under: `answers.<save_as>`, at most so much of it. */
export const MAX_ANSWER_BYTES = 16_000;

const schema = z.strictObject({
  kind: z.literal("webhook"),
  ...every,
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  /** Sent as JSON beside whom and what it is about. */
  data: z.record(z.string().max(100), z.json()).optional(),
  save_as: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/)
    .optional(),
  /** How long it may be tried before the run goes on without an answer. */
  timeout_s: z.int().min(5).max(86_400).default(600),
  next: nodeId,
  on_failure: nodeId,
});

/** Asks another system, once the step is durable and outside every transaction; the run rests until it has answered. */
export const webhook: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "webhook",
  schema,
  isRest: true,
  ways: (node) => [
    { path: "next", to: node.next },
    { path: "on_failure", to: node.on_failure },
  ],
  async work({ node, run, now, effects }) {
    const { url, data = {}, save_as: saveAs = run.node } = node;
    effects.errands.push({
      kind: "call",
      id: `${run.id}:${run.steps}`,
      run,
      what: { url, save_as: saveAs, data, carries: run.carries, journey_id: run.journeyId },
    });
    return { rest: now.add({ seconds: node.timeout_s }), note: { code: "calls_webhook" } };
  },
  async wake({ node, run }) {
    const answer = atPath(run.carries, `answers.${node.save_as ?? run.node}`);
    // Of this very visit: a journey may come by more than once.
    if (!isJsonObject(answer) || answer.step !== run.steps - 1)
      return { go: "on_failure", note: { code: "webhook_silent" } };
    const status = Number(answer.status);
    return answer.ok === true
      ? { go: "next", note: { code: "webhook_answered", status } }
      : { go: "on_failure", note: { code: "webhook_refused", status } };
  },
};
