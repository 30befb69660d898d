import { isJsonObject, type JsonObject } from "../platform/json.ts";
import { askHistory } from "./ask-history.ts";
import type { VocabularyView } from "./contracts.ts";
import type { PreviewDeps } from "./preview-segment.ts";
import { eventNames } from "./queries/event-names.ch.ts";
import { newestPeople } from "./queries/people.pg.ts";

/** What a condition on `computed` can ask for. */
const COMPUTED = [
  "orders",
  "revenue",
  "first_order_at",
  "last_order_at",
  "cart.items",
  "cart.value",
  "cart.updated_at",
  "preferred_channel",
  "preferred_store",
  "last_category",
  "recently_viewed",
  "devices",
  "events",
  "first_seen",
  "last_seen",
];
/** Names of traits are learnt from this many people: enough to suggest, cheap enough for every opening of the builder. */
const PEOPLE_LOOKED_AT = 1_000;

/** The names that a builder suggests: all events with their number, and traits with how many of the newest people have them. */
export async function readVocabulary(deps: PreviewDeps): Promise<VocabularyView> {
  const [events, ids] = await Promise.all([
    askHistory(() => eventNames(deps.history)),
    newestPeople(deps.db, PEOPLE_LOOKED_AT),
  ]);
  const counts = new Map<string, number>();
  for (const { traits } of (await deps.loadProfiles(deps.db, ids)).values()) {
    for (const name of pathsOf(traits)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const traits = [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return { events, traits: traits.slice(0, 500), computed: COMPUTED };
}

/** Names of traits, and of what lies one level inside them. */
function pathsOf(traits: JsonObject): string[] {
  return Object.entries(traits).flatMap(([name, value]) =>
    isJsonObject(value) ? Object.keys(value).map((inner) => `${name}.${inner}`) : [name],
  );
}
