import { z } from "zod";

import type { ConditionKind } from "../segments/contracts.ts";
import { broadcastArms } from "./broadcasts/queries/broadcast-rows.pg.ts";
import { TO_PEOPLE } from "./condition-kind.ts";
import { eventName } from "./events.ts";

const schema = z.strictObject({
  in_experiment: z.strictObject({ broadcast: z.uuid(), arm: z.string().min(1).max(20).optional() }),
});

/** `{ "in_experiment": { "broadcast": "<id>", "arm": "B" } }`: who was sent this variant; without `arm` any of them. */
export const experimentKind: ConditionKind = {
  key: "in_experiment.broadcast",
  schema,
  async meaning(db) {
    const arms = await broadcastArms(db);
    return (node) => {
      const { broadcast, arm } = schema.parse(node).in_experiment;
      const known = arms.get(broadcast);
      if (!known) return { problem: "there is no such broadcast (any more)" };
      if (arm !== undefined && !known.has(arm)) return { problem: "the broadcast has no such variant" };
      const is = (property: string, value: string) => ({ property, op: "is" as const, value });
      const where = [is("broadcast_id", broadcast), ...(arm === undefined ? [] : [is("variant", arm)])];
      return { any: TO_PEOPLE.map((channel) => ({ did: eventName(channel, "Sent"), where })) };
    };
  },
};
