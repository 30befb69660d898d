import { isJsonObject, type JsonObject } from "../../platform/json.ts";
import type { Profile } from "../../profiles/contracts.ts";
import type { CompositionView } from "../contracts.ts";

type Dimension = CompositionView["dimensions"][number]["key"];

/** How many of some people have which value; one person can have several. */
export class Composition {
  people = 0;
  /** Minor units, per currency, of those who have bought. */
  readonly revenue = new Map<string, number[]>();
  readonly #counts = new Map<Dimension, Map<string, number>>();

  add({ traits, computed, consent }: Profile): void {
    this.people++;
    for (const channel of Object.keys(computed.channels)) this.#count("channel", channel);
    this.#count("preferred_channel", computed.preferred_channel);
    this.#count("city", cityOf(traits));
    this.#count("orders", ordersBand(computed.orders));
    for (const [channel, purposes] of Object.entries(consent))
      if (purposes.marketing?.state === "granted") this.#count("consent", channel);
    if (computed.currency === null || computed.orders === 0) return;
    const spent = this.revenue.get(computed.currency) ?? [];
    this.revenue.set(computed.currency, spent);
    spent.push(computed.revenue);
  }

  of(dimension: Dimension): ReadonlyMap<string, number> {
    return this.#counts.get(dimension) ?? new Map();
  }

  #count(dimension: Dimension, value: string | null): void {
    if (value === null) return;
    const counts = this.#counts.get(dimension) ?? new Map<string, number>();
    this.#counts.set(dimension, counts.set(value, (counts.get(value) ?? 0) + 1));
  }
}

function cityOf(traits: JsonObject): string | null {
  const { city, address } = traits;
  const found = [city, isJsonObject(address) ? address.city : null].find(
    (value) => typeof value === "string" && value.trim() !== "",
  );
  return typeof found === "string" ? found.trim().slice(0, 100) : null;
}

function ordersBand(orders: number): string {
  if (orders <= 1) return String(Math.max(orders, 0));
  return orders <= 3 ? "2-3" : orders <= 9 ? "4-9" : "10+";
}

/** The middle one; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
