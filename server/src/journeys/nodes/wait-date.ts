import { z } from "zod";

import { atPath } from "../../platform/json.ts";
import { clockTime, dayOffset, every, feb29, lateness, nodeId, zone } from "../graph/shapes.ts";
import { lateWays, onTime } from "./late.ts";
import { dayInYear, dayOf, localMoment, localTimeOf } from "./local-time.ts";
import type { NodeKind } from "./node-kind.ts";

const path = z.string().min(1).max(200);
const schema = z.strictObject({
  kind: z.literal("wait_date"),
  ...every,
  ...lateness,
  /** A trait of the person, or a property of the event that began the run. */
  of: z.union([z.strictObject({ trait: path }), z.strictObject({ event: path })]),
  offset: dayOffset.default("P0D"),
  at: clockTime.default("09:00"),
  zone,
  /** The next time the day comes round, as with birthdays. */
  yearly: z.boolean().default(false),
  feb29,
  next: nodeId,
  /** There is no such date, or it has passed. */
  otherwise: nodeId,
});
type Node = z.infer<typeof schema>;

export const waitDate: NodeKind<Node> & { schema: typeof schema } = {
  kind: "wait_date",
  schema,
  isRest: true,
  ways: (node) => [{ path: "next", to: node.next }, { path: "otherwise", to: node.otherwise }, ...lateWays(node)],
  async work({ node, run, now, facts }) {
    const timeZone = node.zone === "person" ? await facts.zone(run.profileId) : node.zone;
    const value =
      "trait" in node.of
        ? (await facts.profile(run.profileId))?.traits[node.of.trait]
        : atPath(run.carries.event, node.of.event);
    const day = dayOf(value, timeZone);
    if (!day) return { go: "otherwise", note: { code: "no_date" } };
    const until = momentOf(node, day, now, timeZone);
    return Temporal.Instant.compare(until, now) < 0
      ? { go: "otherwise", note: { code: "date_passed" } }
      : { rest: until, note: { code: "waits_until", ...localTimeOf(until, timeZone) } };
  },
  wake: async ({ node, now, since }) => onTime(node, now, since),
};

function momentOf(node: Node, day: Temporal.PlainDate, now: Temporal.Instant, timeZone: string): Temporal.Instant {
  const moment = (of: Temporal.PlainDate) => localMoment(of.add(node.offset), node.at, timeZone);
  if (!node.yearly) return moment(day);
  const { year } = now.toZonedDateTimeISO(timeZone);
  // The offset may reach over the turn of a year.
  for (const one of [year - 1, year, year + 1]) {
    const at = moment(dayInYear(day, one, node.feb29));
    if (Temporal.Instant.compare(at, now) >= 0) return at;
  }
  return moment(dayInYear(day, year + 2, node.feb29));
}
