import type { TimelineItem } from "./queries.ts";

const NAMES = ["name", "query", "subject", "segment_name", "journey_name", "title", "category"];

/** What an event was about, in the words its properties bring along. */
export function subjectOf(item: TimelineItem): string | null {
  for (const key of NAMES) {
    const value = item.properties[key];
    if (typeof value === "string" && value !== "") return value;
  }
  const { products } = item.properties;
  const names = Array.isArray(products) ? products.map((product: { name?: unknown }) => product.name) : [];
  return item.event === "Order Completed" ? names.filter((name) => typeof name === "string").join(", ") || null : null;
}
