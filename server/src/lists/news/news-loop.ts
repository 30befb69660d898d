import { variantIdsOf } from "../../catalog/index.ts";
import type { Bus } from "../../platform/bus.ts";
import { createDueLoop, type DueLoop } from "../../platform/due-loop.ts";
import { lookAtAll, lookAtVariants, type NewsDeps } from "./look-at-variants.ts";
import { watchedOf } from "./queries/watched.pg.ts";
import { tellSome } from "./tell-news.ts";

export interface NewsLoopDeps extends NewsDeps {
  readonly bus: Bus;
  readonly onError: (error: unknown) => void;
}

/** Whatever notice was lost, every listed variant is looked at this often. */
const LOOK_AT_ALL = { minutes: 10 } as const;

/** Looks at listed variants when their product is told to have changed, and tells the people who wait for them. */
export function watchForNews(deps: NewsLoopDeps): DueLoop {
  const { db, clock, bus } = deps;
  const changed = new Set<string>();
  let next = clock.now();
  return createDueLoop({
    clock,
    async work(signal) {
      if (Temporal.Instant.compare(clock.now(), next) >= 0) {
        changed.clear();
        await lookAtAll(deps, signal);
        next = clock.now().add(LOOK_AT_ALL);
      }
      const products = [...changed];
      changed.clear();
      if (products.length > 0) {
        const listed = await watchedOf(db, [...(await variantIdsOf(db, products)).values()].flat());
        if (listed.length > 0) await lookAtVariants(deps, listed);
      }
      let isTold = false;
      while (!signal.aborted && (await tellSome(deps))) isTold = true;
      if (isTold) bus.wake("inbox");
    },
    nextDue: async () => next.toString(),
    onWake: (listener) =>
      bus.onChange((changes) => {
        const products = changes.filter(({ topic, what }) => topic === "product" && what.some(isOfInterest));
        for (const { id } of products) changed.add(id);
        if (products.length > 0) listener();
      }),
    // Stock moves often and nobody waits for this to the second: what happens together is looked at together.
    heedAfterMs: () => 250,
    onError: deps.onError,
  });
}

/** Its stock has moved, or what the catalogue says of it, its price among that. */
function isOfInterest(what: string): boolean {
  return what === "stock" || what === "product";
}
