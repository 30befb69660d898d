import type { JourneysDeps } from "./journeys/index.ts";
import { renderMadeUp } from "./messages/index.ts";
import type { Db } from "./platform/db.ts";
import { imagineProfile } from "./profiles/index.ts";
import { type Condition, evaluateImagined, matchesEvent, type RegistryCache } from "./segments/index.ts";

type Imagination = JourneysDeps["imagination"];

/** What a rehearsal asks of the rooms. Without a house (`npm run journeys`) there is nobody but who is made up. */
export function createImagination(house?: {
  readonly registry: RegistryCache;
  writeOut(db: Db, condition: unknown): Promise<Condition>;
}): Imagination {
  return {
    profile: imagineProfile,
    evaluate: (tx, profile, events, condition, now) =>
      evaluateImagined(
        { profile, events, ...(tx && house ? { real: { tx, registry: house.registry } } : {}) },
        condition,
        now,
      ),
    async writeOut(db, condition) {
      return db && house ? house.writeOut(db, condition) : (condition as Condition);
    },
    matches: (filter, event) => matchesEvent(filter, { ...event, at: Date.parse(event.timestamp) }),
    render: (template, given) => renderMadeUp(template, given, null),
  };
}
