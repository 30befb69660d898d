import { z } from "zod";

import { duration, every, lateness, nodeId, secondsOf } from "../graph/shapes.ts";
import { lateWays, onTime } from "./late.ts";
import type { NodeKind } from "./node-kind.ts";

const schema = z.strictObject({
  kind: z.literal("best_hour"),
  ...every,
  ...lateness,
  /** Never longer than this. */
  within: duration.default("PT24H"),
  next: nodeId,
});

/** Until the hour at which this person is most likely to react. */
export const bestHour: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "best_hour",
  schema,
  isRest: true,
  ways: (node) => [{ path: "next", to: node.next }, ...lateWays(node)],
  async work({ node, run, now, facts }) {
    const timeZone = await facts.zone(run.profileId);
    const latest = now.add({ seconds: secondsOf(node.within) });
    const hour = await facts.hour(run.profileId, now, latest, timeZone);
    const until = Temporal.Instant.compare(hour, latest) > 0 ? latest : hour;
    const local = until.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: "minute" });
    return { rest: until, note: `waits for the best hour: ${local} ${timeZone}` };
  },
  wake: async ({ node, now, since }) => onTime(node, now, since),
};
