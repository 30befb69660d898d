import type { History } from "../../platform/history.ts";
import { askHistory } from "../ask-history.ts";
import type { VocabularyView } from "../contracts.ts";
import { eventNames } from "../queries/event-names.ch.ts";
import type { Surveys } from "./surveys.ts";

/** What a condition on `computed` can ask for. */
const COMPUTED = [
  "orders",
  "revenue",
  "average_order",
  "first_order_at",
  "last_order_at",
  "days_since_first_order",
  "days_since_last_order",
  "cart.items",
  "cart.value",
  "cart.updated_at",
  "lists.items",
  "lists.value",
  "lists.updated_at",
  "order_channels",
  "preferred_channel",
  "preferred_store",
  "last_category",
  "time_zone",
  "recently_viewed",
  "devices",
  "events",
  "first_seen",
  "last_seen",
  "days_since_first_seen",
  "days_since_last_seen",
];
/** With those that are known but offer little to choose from. */
export const ALL_COMPUTED = [...COMPUTED, "cart", "lists", "channels", "sizes", "currency"];
const MOST_TRAITS = 500;

/** The names that a builder suggests: all events with their number, and traits with how many of the people looked at have them. */
export async function readVocabulary(history: History, surveys: Surveys): Promise<VocabularyView> {
  const [events, people] = await Promise.all([askHistory(() => eventNames(history)), surveys.ofPeople("trait")]);
  const traits = [...people.paths]
    .map(([name, { count }]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return { events, traits: traits.slice(0, MOST_TRAITS), computed: COMPUTED };
}
