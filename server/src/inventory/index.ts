import type { Room } from "../platform/room.ts";
import { endDeadHolds } from "./end-dead-holds.ts";
import { openHoldQueue } from "./hold-queue.ts";
import { inventoryRoutes } from "./routes.ts";
import { shelfRoutes } from "./shelf-routes.ts";
import type { InventoryDeps } from "./transfer-routes.ts";

export { announce } from "./announce.ts";
export type { Availability, Cause, Line, NewDiscrepancy, SalesChannel, Shortage, Touched } from "./contracts.ts";
export { SALES_CHANNELS } from "./contracts.ts";
export { type HandedOut, handOver, sellInHand } from "./hand-out.ts";
export {
  type Candidate,
  type Decided,
  type HeldShare,
  type HoldRequest,
  holdTogether,
  type Source,
} from "./hold-stock.ts";
export { type LocationRow as Location, loadLocations as readLocations } from "./queries/locations.pg.ts";
export { openShelf } from "./queries/open-shelf.pg.ts";
export { available } from "./read-availability.ts";
export { commitHold, commitTogether, type Release, releaseStock } from "./settle-hold.ts";
export { shelfPlaces } from "./shelf-places.ts";
export { type Delivery, stockAssortment } from "./stock-assortment.ts";
export { type Condition, type Returned, takeBack } from "./take-back.ts";
export type { InventoryDeps };

export interface InventoryRoomDeps extends InventoryDeps {
  /** Told when what happens by itself failed; it is tried again. */
  readonly onError: (error: unknown) => void;
}

export function createInventory(deps: InventoryRoomDeps): Room {
  const dying = endDeadHolds(deps, deps.onError);
  return {
    routes(app) {
      inventoryRoutes(app, { ...deps, holds: openHoldQueue(deps) });
      shelfRoutes(app, deps);
    },
    start: async () => dying.start(),
    stop: () => dying.stop(),
  };
}
