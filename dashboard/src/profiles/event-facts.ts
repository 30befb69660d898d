import type { Json, TimelineEvent } from "./wire.ts";

/** What stands beside an event's name in the timeline: the few facts one wants without opening it. */
export interface EventFacts {
  readonly text: string;
  /** Major units with currency, as the wire standard has it. */
  readonly money: { readonly value: number; readonly currency: string } | null;
  readonly link: { readonly to: "segment" | "journey"; readonly id: string } | null;
}

export function readFacts(event: TimelineEvent): EventFacts {
  const { properties } = event;
  return { text: describe(event.event, properties), money: readMoney(properties), link: readLink(event) };
}

function describe(name: string, properties: TimelineEvent["properties"]): string {
  const products = Array.isArray(properties.products) ? properties.products.map(productText).filter(Boolean) : [];
  if (products.length > 0)
    return products.slice(0, 3).join(", ") + (products.length > 3 ? ` +${products.length - 3}` : "");
  const own = productText(properties);
  if (/^product/i.test(name) && own) return own;
  for (const key of ["segment_name", "journey_name", "subject", "query", "title", "category", "path", "url", "name"]) {
    const value = properties[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return "";
}

function productText(product: Json | TimelineEvent["properties"] | undefined): string {
  if (typeof product !== "object" || product === null || Array.isArray(product)) return "";
  const facts = product as Readonly<Record<string, Json>>;
  if (typeof facts.name !== "string") return "";
  const variant = [facts.size, facts.color].filter((part) => typeof part === "string" && part !== "").join(", ");
  const quantity = typeof facts.quantity === "number" && facts.quantity > 1 ? `${facts.quantity} × ` : "";
  return `${quantity}${facts.name}${variant ? ` (${variant})` : ""}`;
}

function readMoney(properties: TimelineEvent["properties"]): EventFacts["money"] {
  const value = properties.revenue ?? properties.total;
  const { currency } = properties;
  return typeof value === "number" && typeof currency === "string" && /^[A-Z]{3}$/.test(currency)
    ? { value, currency }
    : null;
}

function readLink(event: TimelineEvent): EventFacts["link"] {
  const { segment_id, journey_id } = event.properties;
  if (typeof segment_id === "string") return { to: "segment", id: segment_id };
  if (typeof journey_id === "string") return { to: "journey", id: journey_id };
  return null;
}
