import { z } from "zod";

import { clockTime, every, lateness, nodeId, zone } from "../graph/shapes.ts";
import { lateWays, onTime } from "./late.ts";
import { localTimeOf, nextLocal } from "./local-time.ts";
import type { NodeKind } from "./node-kind.ts";

const schema = z.strictObject({
  kind: z.literal("wait_until"),
  ...every,
  ...lateness,
  at: clockTime,
  /** 1 is Monday; any day when none is given. */
  weekdays: z.array(z.int().min(1).max(7)).max(7).optional(),
  zone,
  next: nodeId,
});

/** Until it is so late where the person lives, on one of these weekdays; at once when it is just that. */
export const waitUntil: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "wait_until",
  schema,
  isRest: true,
  ways: (node) => [{ path: "next", to: node.next }, ...lateWays(node)],
  async work({ node, run, now, facts }) {
    const timeZone = node.zone === "person" ? await facts.zone(run.profileId) : node.zone;
    const until = nextLocal(now, node.at, node.weekdays, timeZone);
    return { rest: until, note: { code: "waits_until", ...localTimeOf(until, timeZone) } };
  },
  wake: async ({ node, now, since }) => onTime(node, now, since),
};
