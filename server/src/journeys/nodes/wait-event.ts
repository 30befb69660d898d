import { z } from "zod";

import { duration, eventName, every, nodeId, secondsOf, where } from "../graph/shapes.ts";
import { missingSegment } from "./check-parts.ts";
import type { NodeKind, Outcome } from "./node-kind.ts";

const schema = z
  .strictObject({
    kind: z.literal("wait_event"),
    ...every,
    event: eventName.optional(),
    where: where.optional(),
    /** Instead of an event: until the person is in this segment. */
    segment_id: z.uuid().optional(),
    timeout: duration,
    next: nodeId,
    on_timeout: nodeId,
  })
  .refine((node) => (node.event === undefined) !== (node.segment_id === undefined), {
    path: ["event"],
    message: "either an event or a segment",
  });

export const waitEvent: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "wait_event",
  schema,
  isRest: true,
  ways: (node) => [
    { path: "next", to: node.next },
    { path: "on_timeout", to: node.on_timeout },
  ],
  arrive: (node, now) => (node.event === undefined ? null : resting(node, now)),
  async work({ node, run, now, facts }) {
    if (node.segment_id !== undefined && (await facts.isMember(run.profileId, node.segment_id)))
      return { go: "next", note: { code: "in_segment" } };
    return resting(node, now);
  },
  wake: async ({ node }) => ({
    go: "on_timeout",
    note: node.event === undefined ? { code: "segment_not_in_time" } : { code: "event_not_in_time", event: node.event },
  }),
  listens: ({ event, where: tests, segment_id: segmentId }) =>
    event !== undefined ? [{ event, where: tests, way: "next" }] : segmentId ? [{ segmentId, way: "next" }] : [],
  check: (node, checking) => missingSegment(checking, node.segment_id, "segment_id"),
};

function resting({ event, timeout }: z.infer<typeof schema>, now: Temporal.Instant): Outcome {
  const rest = now.add({ seconds: secondsOf(timeout) });
  return event === undefined
    ? { rest, note: { code: "waits_for_segment", at_most: timeout } }
    : { rest, note: { code: "waits_for_event", event, at_most: timeout } };
}
