import { sumAvailable } from "./arithmetic.ts";
import type { Line } from "./contracts.ts";
import type { KitPart } from "./queries/kits.pg.ts";

/** What each variant is made of. One that is no kit is its own only part. */
export type Kits = ReadonlyMap<string, readonly Line[]>;

export function toKits(parts: readonly KitPart[]): Kits {
  const byKit = Map.groupBy(parts, (part) => part.kit_id);
  return new Map(
    [...byKit].map(([id, all]) => [id, all.map((p) => ({ variantId: p.variant_id, quantity: p.quantity }))]),
  );
}

export function partsOf(kits: Kits, variantId: string): readonly Line[] {
  return kits.get(variantId) ?? [{ variantId, quantity: 1 }];
}

/** What lies on shelves for these lines. */
export function explode(kits: Kits, lines: readonly Line[]): Line[] {
  return lines.flatMap(({ variantId, quantity }) =>
    partsOf(kits, variantId).map((part) => ({ variantId: part.variantId, quantity: part.quantity * quantity })),
  );
}

/**
 * How many can be had of something made of these parts, given each part's availability per place. A kit is packed at
 * one place: per place it is the scarcest part's number, and together never more than the scarcest part over all.
 */
export function kitAvailability<P extends { readonly location_id: string; readonly available: number }>(
  parts: readonly Line[],
  placesOf: (variantId: string) => readonly P[],
): { readonly places: P[]; readonly total: number } {
  const [first, ...others] = parts.map((part) => ({ per: part.quantity, places: placesOf(part.variantId) }));
  if (!first) return { places: [], total: 0 };
  const places = first.places.flatMap((place) => {
    let available = Math.floor(place.available / first.per);
    for (const { per, places: there } of others) {
      const same = there.find((other) => other.location_id === place.location_id);
      if (!same) return [];
      available = Math.min(available, Math.floor(same.available / per));
    }
    return [{ ...place, available }];
  });
  const overAll = [first, ...others].map(({ per, places: all }) => Math.floor(sumAvailable(all) / per));
  return { places, total: Math.min(sumAvailable(places), ...overAll) };
}
