import { z } from "zod";

import { mistake } from "../graph/mistakes.ts";
import { every, nodeId } from "../graph/shapes.ts";
import { loadArchived } from "../queries/load-statuses.pg.ts";
import type { NodeKind } from "./node-kind.ts";

const schema = z.strictObject({ kind: z.literal("enter_journey"), ...every, journey_id: z.uuid(), next: nodeId });

/** Journeys that send people to one another without a pause would turn for ever. */
const MOST_HOPS = 10;

/** Lets the person enter another journey, whatever its own entry is; its re-entry rule holds. */
export const enterJourney: NodeKind<z.infer<typeof schema>> & { schema: typeof schema } = {
  kind: "enter_journey",
  schema,
  ways: (node) => [{ path: "next", to: node.next }],
  async work({ node, run, effects }) {
    const hops = typeof run.carries.hops === "number" ? run.carries.hops : 0;
    if (hops >= MOST_HOPS) return { go: "next", note: { code: "too_many_journeys" } };
    const { variants: _, answers: __, ...carries } = run.carries;
    effects.entering.push({
      journeyId: node.journey_id,
      profileId: run.profileId,
      key: run.businessKey,
      carries: { ...carries, hops: hops + 1 },
      came: { by: "journey", journey_id: run.journeyId },
    });
    return { go: "next", note: { code: "sent_on", journey_id: node.journey_id } };
  },
  async check(node, { db }) {
    const archived = (await loadArchived(db)).get(node.journey_id);
    if (archived === false) return [];
    return [mistake(archived === undefined ? "no_journey" : "journey_archived", "journey_id")];
  },
};
