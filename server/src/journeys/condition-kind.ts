import { z } from "zod";

import type { Condition, ConditionKind } from "../segments/contracts.ts";
import { loadArchived } from "./queries/load-statuses.pg.ts";

const schema = z.strictObject({ in_journey: z.uuid(), state: z.enum(["active", "completed", "ever"]) });

/** `{ "in_journey": "<id>", "state": "active" }`. Every run begins and ends with an event, save those an archive ends. */
export const journeyKind: ConditionKind = {
  key: "in_journey",
  schema,
  async meaning(db) {
    const archived = await loadArchived(db);
    return (node) => {
      const { in_journey, state } = schema.parse(node);
      const isArchived = archived.get(in_journey);
      if (isArchived === undefined) return { problem: "there is no such journey" };
      return state === "active" && isArchived ? { any: [] } : meaningOf(in_journey, state);
    };
  },
};

function meaningOf(journeyId: string, state: z.infer<typeof schema>["state"]): Condition {
  const where = [{ property: "journey_id", op: "is" as const, value: journeyId }];
  switch (state) {
    case "ever":
      return { did: "Journey Entered", where };
    case "completed":
      return {
        did: "Journey Exited",
        where: [...where, { property: "reason", op: "is" as const, value: "completed" }],
      };
    case "active":
      return { did: "Journey Entered", where, more_often_than: { did: "Journey Exited", where } };
  }
}
