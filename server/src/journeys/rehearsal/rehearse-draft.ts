import { type KilimEvent, newEvent } from "../../collect/index.ts";
import { VirtualClock } from "../../platform/clock.ts";
import { inTransaction } from "../../platform/db.ts";
import type { Graph, RehearseBody } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { secondsOf } from "../graph/shapes.ts";
import { loadJourney } from "../queries/journey-rows.pg.ts";
import { soundGraph, type WithKinds } from "../save-journey.ts";
import { houseWorld } from "./house-world.ts";
import { type Rehearsed, rehearse } from "./rehearse.ts";

const LONGEST = { hours: 24 * 400 };

/** Goes through a journey's draft, or the graph that is being drawn, with one person. Nothing is kept, nothing leaves. */
export async function rehearseDraft(deps: WithKinds, id: string, body: RehearseBody): Promise<Rehearsed> {
  const journey = await loadJourney(deps.db, id);
  if (!journey) throw refuse("journey_not_found");
  const graph = await soundGraph(deps, deps.db, (body.graph as Graph | undefined) ?? journey.graph);
  const profileId = body.profile === undefined ? null : await deps.resolveProfile(deps.db, body.profile);
  const starts = Temporal.Instant.from(body.starts ?? deps.clock.now().toString());
  return await inTransaction(deps.db, async (tx) => {
    const world = houseWorld(tx, deps, profileId);
    for (const event of told(body, world.profileId, starts)) await world.take(event);
    return rehearse({
      graph,
      kinds: deps.known,
      world,
      starts,
      events: happenings(body, world.profileId, starts),
      entersAtStart: body.enters,
      timeZone: deps.timeZone,
      ...(body.answers ? { answers: body.answers } : {}),
      until: starts.add(LONGEST),
    });
  });
}

/** Of somebody made up: who they are, and that they may be written to. */
function told({ traits, consent }: RehearseBody, profileId: string, starts: Temporal.Instant): KilimEvent[] {
  const clock = new VirtualClock(starts.subtract({ hours: 24 }));
  const of = { source: "rehearsal", profileId };
  const who = traits ? [newEvent(clock, { ...of, messageId: "who", type: "identify", name: "Identify", traits })] : [];
  return [
    ...who,
    ...consent.map((channel) =>
      newEvent(clock, {
        ...of,
        messageId: `consent-${channel}`,
        name: "Consent Changed",
        properties: { channel, purpose: "marketing", state: "granted", source: "rehearsal" },
      }),
    ),
  ];
}

function happenings({ events }: RehearseBody, profileId: string, starts: Temporal.Instant): KilimEvent[] {
  return events
    .map(({ after, event, channel, properties }, at) => {
      const clock = new VirtualClock(starts.add({ seconds: after === "PT0S" ? 0 : secondsOf(after) }));
      return newEvent(clock, {
        messageId: `rehearsed-${at}`,
        source: "rehearsal",
        profileId,
        name: event,
        channel,
        properties,
      });
    })
    .sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
}
