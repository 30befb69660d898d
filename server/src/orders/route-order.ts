import type { Candidate } from "../inventory/index.ts";
import type { Policy } from "./policy.ts";

export interface Point {
  readonly lat: number;
  readonly lon: number;
}

export interface RouteContext {
  readonly policy: Pick<Policy, "route_by" | "closed_locations">;
  /** Where it goes, if the buyer said so exactly. */
  readonly to: Point | null;
  readonly placeOf: (storeId: string | null) => Point | null;
  /** Places that have refused this order. */
  readonly without: ReadonlySet<string>;
}

/** The places in the order in which an order is taken from them, by the retailer's rules; each rule breaks the ties of the one before. */
export function routeOrder(candidates: readonly Candidate[], context: RouteContext): string[] {
  const { policy, to, placeOf, without } = context;
  const far = (candidate: Candidate) => {
    const place = placeOf(candidate.storeId);
    return to && place ? kilometres(to, place) : Number.POSITIVE_INFINITY;
  };
  const score = {
    fewest_parcels: (candidate: Candidate) => -candidate.serves,
    nearest: far,
    priority: (candidate: Candidate) => candidate.priority,
  };
  return candidates
    .filter(({ locationId }) => !without.has(locationId) && !policy.closed_locations.includes(locationId))
    .toSorted((a, b) => {
      for (const rule of policy.route_by) {
        const [x, y] = [score[rule](a), score[rule](b)];
        if (x !== y) return x < y ? -1 : 1;
      }
      return a.priority - b.priority || (a.locationId < b.locationId ? -1 : 1);
    })
    .map(({ locationId }) => locationId);
}

const EARTH_KM = 6371;

/** Great-circle distance. */
export function kilometres(a: Point, b: Point): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const [dLat, dLon] = [rad(b.lat - a.lat), rad(b.lon - a.lon)];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
