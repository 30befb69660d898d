import type { Line } from "./contracts.ts";

export interface Counters {
  readonly on_hand: number;
  readonly committed: number;
  readonly reserved: number;
  readonly safety: number;
  readonly damaged: number;
  readonly quality_control: number;
}

/** Available to sell at one place, signed: below 0 when a till sold what was promised. */
export function availableAt(level: Counters): number {
  return level.on_hand - level.committed - level.reserved - level.safety - level.damaged - level.quality_control;
}

/** How many are promised at a place beyond the sound ones that lie there. */
export function owedTooMuch(level: Counters): number {
  return Math.max(0, level.committed + level.reserved + level.damaged + level.quality_control - level.on_hand);
}

/** One line per variant, in the order in which rows are locked. */
export function sumLines(lines: readonly Line[]): Line[] {
  const total = new Map<string, number>();
  for (const line of lines) total.set(line.variantId, (total.get(line.variantId) ?? 0) + line.quantity);
  return [...total]
    .map(([variantId, quantity]) => ({ variantId, quantity }))
    .sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
}

/** Somewhere a line may be served from, and how many are available there: signed. */
export interface Place {
  readonly location_id: string;
  readonly priority: number;
  readonly available: number;
}

export interface Share {
  readonly locationId: string;
  readonly quantity: number;
}

/**
 * From where a line is served, the places in the order given: one that has it all before several. Null when the places
 * together have too little, counting what is owed at one place against what lies at another.
 */
export function allocate(places: readonly Place[], quantity: number): Share[] | null {
  if (sumAvailable(places) < quantity) return null;
  const whole = places.find((place) => place.available >= quantity);
  if (whole) return [{ locationId: whole.location_id, quantity }];
  const shares: Share[] = [];
  let left = quantity;
  for (const place of places) {
    const take = Math.min(left, place.available);
    if (take <= 0) continue;
    shares.push({ locationId: place.location_id, quantity: take });
    left -= take;
  }
  return shares;
}

export function byPriority(a: Place, b: Place): number {
  return a.priority - b.priority || (a.location_id < b.location_id ? -1 : 1);
}

export function sumAvailable(places: readonly Pick<Place, "available">[]): number {
  return places.reduce((sum, place) => sum + place.available, 0);
}

/** From this many on a channel says "only n left". */
export const LOW_STOCK = 3;
export type StockNews = "low" | "out" | "back";

/** What a change of a channel's number is worth telling; null for most. */
export function stockNews(before: number, after: number): StockNews | null {
  if (after <= 0) return before > 0 ? "out" : null;
  if (before <= 0) return "back";
  return after <= LOW_STOCK && before > LOW_STOCK ? "low" : null;
}
