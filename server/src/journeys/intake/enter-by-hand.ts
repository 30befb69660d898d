import type { z } from "zod";

import { inTransaction } from "../../platform/db.ts";
import { AppError } from "../../platform/errors.ts";
import type { EnterBody, enterView } from "../contracts.ts";
import type { JourneysDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { loadJourney } from "../queries/journey-rows.pg.ts";
import type { LiveJourneys } from "../runs/live-journeys.ts";
import { enterPeople } from "./enter-people.ts";

/** Lets people in that another system names, whatever the journey's own entry is; its rule for coming again holds. */
export async function enterByHand(
  deps: JourneysDeps,
  live: LiveJourneys,
  id: string,
  body: EnterBody,
): Promise<z.infer<typeof enterView>> {
  const journey = await loadJourney(deps.db, id);
  if (!journey) throw refuse("journey_not_found");
  if (journey.status !== "live") throw refuse("journey_not_entered");
  const asked = await Promise.all(body.profiles.map(async (ref) => ({ ref, profileId: await find(deps, ref) })));
  const carries = { event: body.data, event_name: "api", event_at: deps.clock.now().toString() };
  const known = [...new Set(asked.flatMap(({ profileId }) => profileId ?? []))];
  const entered = await inTransaction(deps.db, (tx) =>
    enterPeople(
      tx,
      deps,
      live,
      known.map((profileId) => ({ journeyId: id, profileId, key: body.key, carries, came: { by: "api" } as const })),
      { touched: new Set(), isDue: false },
    ),
  );
  for (const topic of ["timers", "outbox", "inbox"] as const) deps.bus.wake(topic);
  deps.bus.changed("journey", id, ["counts"]);
  return {
    items: asked.map(({ ref, profileId }) => ({ profile: ref, entered: profileId !== null && entered.has(profileId) })),
  };
}

/** Nobody by that name is nobody who could enter. */
async function find(deps: JourneysDeps, ref: string): Promise<string | null> {
  try {
    return await deps.resolveProfile(deps.db, ref);
  } catch (error) {
    if (error instanceof AppError && error.entry.status === 404) return null;
    throw error;
  }
}
