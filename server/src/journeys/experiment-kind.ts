import { z } from "zod";

import type { ConditionKind } from "../segments/contracts.ts";
import { nodeId } from "./graph/shapes.ts";
import { loadArchived } from "./queries/load-statuses.pg.ts";

const schema = z.strictObject({
  in_experiment: z.strictObject({ journey: z.uuid(), node: nodeId, arm: z.string().min(1).max(60).optional() }),
});

/**
 * `{ "in_experiment": { "journey": "<id>", "node": "offer", "arm": "A" } }`: who drew this arm there, in any run; without
 * `arm` whichever. The events of a run say what it has drawn so far; a draw is always in one of these two.
 */
export const experimentKind: ConditionKind = {
  key: "in_experiment.journey",
  schema,
  async meaning(db) {
    const known = await loadArchived(db);
    return (node) => {
      const { journey, node: at, arm } = schema.parse(node).in_experiment;
      if (!known.has(journey)) return { problem: "there is no such journey" };
      const drawn =
        arm === undefined
          ? { op: "starts_with" as const, value: `${at} ` }
          : { op: "is" as const, value: `${at} ${arm}` };
      const where = [
        { property: "journey_id", op: "is" as const, value: journey },
        { property: "arms", ...drawn },
      ];
      return { any: ["Journey Moved", "Journey Exited"].map((did) => ({ did, where })) };
    };
  },
};
