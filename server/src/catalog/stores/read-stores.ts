import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import { kilometresBetween, type Place } from "../../platform/distance.ts";
import type { StoreQuery, StoreView } from "../contracts.ts";
import { openNow } from "./opening-hours.ts";
import { loadStores, type StoreRow } from "./queries/load-stores.pg.ts";

/** The stores with what they are doing now; the nearest first where somebody says where she is. */
export async function showStores(db: Db, clock: Clock, query: StoreQuery): Promise<StoreView[]> {
  const near = placeOf(query.near);
  const isWanted = (store: StoreRow) =>
    (query.service === undefined || store.services.includes(query.service)) &&
    (store.archived_at !== null) === (query.archived === "true");
  const found = (await loadStores(db, { withArchived: query.archived === "true" })).filter(isWanted);
  const shown = found.map((store) => viewOf(store, clock.now(), near));
  if (near) shown.sort((a, b) => (a.distance_km ?? 0) - (b.distance_km ?? 0));
  return shown.slice(0, query.limit);
}

export function viewOf(store: StoreRow, now: Temporal.Instant, near: Place | null = null): StoreView {
  const { isOpen, changesAt } = openNow(store, now);
  return {
    ...store,
    is_open: isOpen,
    changes_at: changesAt?.toString({ smallestUnit: "millisecond" }) ?? null,
    distance_km: near === null ? null : Math.round(kilometresBetween(near, store) * 10) / 10,
  };
}

function placeOf(near: string | undefined): Place | null {
  const [lat, lon] = (near ?? "").split(",").map(Number);
  return near === undefined || lat === undefined || lon === undefined ? null : { lat, lon };
}
