import { z } from "zod";

import { duration, every, lateness, nodeId, secondsOf } from "../graph/shapes.ts";
import { lateWays, onTime } from "./late.ts";
import type { NodeKind } from "./node-kind.ts";

const schema = z.strictObject({ kind: z.literal("wait"), ...every, ...lateness, duration, next: nodeId });

export const wait: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "wait",
  schema,
  isRest: true,
  ways: (node) => [{ path: "next", to: node.next }, ...lateWays(node)],
  arrive: (node, now) => ({
    rest: now.add({ seconds: secondsOf(node.duration) }),
    note: { code: "waits", duration: node.duration },
  }),
  wake: async ({ node, now, since }) => onTime(node, now, since),
};
