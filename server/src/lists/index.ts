import type { KilimEvent } from "../collect/index.ts";
import type { Tx } from "../platform/db.ts";
import type { App } from "../platform/http.ts";
import type { Room } from "../platform/room.ts";
import { errandRoutes } from "./errands/routes.ts";
import { mergeCarts } from "./merge-carts.ts";
import { type Arrivals, followVisits } from "./news/follow-visits.ts";
import { type NewsLoopDeps, watchForNews } from "./news/news-loop.ts";
import { photoRoutes } from "./photos/routes.ts";
import { moveDeviceCarts } from "./queries/carts.pg.ts";
import { listRoutes } from "./routes.ts";
import type { ShareDeps } from "./sharing/deps.ts";
import { sharingRoutes } from "./sharing/routes.ts";
import { mergeLists } from "./shopping/merge-lists.ts";
import { moveDeviceLists } from "./shopping/queries/lists.pg.ts";
import { shoppingRoutes } from "./shopping/routes.ts";

export { addToCart, announceCart } from "./change-cart.ts";
export { announceBought, type Bought, type CheckOut, openCheckOut, removeBought } from "./check-out-cart.ts";
export type { Cart, CartItem, Holder } from "./contracts.ts";
export { personalData as listData } from "./personal-data.ts";
export { cartOf, readCart } from "./read-cart.ts";
export { readHolder } from "./read-holder.ts";
export { wishesOf } from "./shopping/wishes-of.ts";
export { takeOver } from "./take-over.ts";
export { takeOverCart } from "./take-over-cart.ts";

export interface ListsDeps extends ShareDeps, NewsLoopDeps {}

export interface ListsRoom extends Room {
  /** Lets carts and lists follow their people in the transaction that merges profiles. */
  onMerge(tx: Tx, merges: readonly { readonly from: string; readonly into: string }[]): Promise<void>;
  /** Gives a person what her devices hold back; what is her own stays with the one who lived on. */
  onSeparate(
    tx: Tx,
    parted: { from: string; into: string; identifiers: ReadonlyMap<string, readonly string[]> },
  ): Promise<void>;
  /** What is to be told of people who have entered a store. */
  onBatch(tx: Tx, batch: Arrivals): Promise<KilimEvent[]>;
}

export function createLists(deps: ListsDeps): ListsRoom {
  const news = watchForNews(deps);
  return {
    routes(app) {
      app.register(async (scope) => {
        // Whoever comes to this browser next finds nothing of it.
        scope.addHook("onSend", async (_request, reply) => {
          reply.header("cache-control", "no-store");
        });
        for (const routes of [listRoutes, shoppingRoutes, sharingRoutes, errandRoutes, photoRoutes])
          routes(scope as App, deps);
      });
    },
    start: async () => news.start(),
    stop: () => news.stop(),
    async onMerge(tx, merges) {
      await mergeCarts(tx, deps.clock, merges);
      await mergeLists(tx, deps.clock, merges);
    },
    async onSeparate(tx, { from, into, identifiers }) {
      const devices = identifiers.get("anonymous_id") ?? [];
      await moveDeviceCarts(tx, { from, into, devices });
      await moveDeviceLists(tx, { from, into, devices });
    },
    onBatch: (tx, batch) => followVisits(tx, deps.clock, batch),
  };
}
