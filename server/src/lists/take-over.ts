import type { Holder } from "./contracts.ts";
import type { ListDeps } from "./shopping/make-list.ts";
import { takeOverLists } from "./shopping/take-over-lists.ts";
import { takeOverCart } from "./take-over-cart.ts";

/** What a device holds becomes hers who has just proven to be using it: cart and lists. Twice is once. */
export async function takeOver(deps: ListDeps, holder: Extract<Holder, { kind: "person" }>): Promise<void> {
  await takeOverCart(deps, holder);
  await takeOverLists(deps, holder);
}
