import type { FulfilmentState } from "./contracts.ts";

/** Where a fulfilment may go from where it is. What the carrier says moves only `shipped` on. */
export const NEXT: Readonly<Record<FulfilmentState, readonly FulfilmentState[]>> = {
  planned: ["assigned", "accepted", "cancelled"],
  assigned: ["accepted", "rejected", "shipped", "collected", "cancelled"],
  accepted: ["ready", "shipped", "collected", "rejected", "cancelled"],
  ready: ["collected", "expired", "cancelled"],
  shipped: ["delivered"],
  delivered: [],
  collected: [],
  rejected: [],
  expired: [],
  cancelled: [],
};

/** The states from which this one may be reached. */
export function before(state: FulfilmentState): FulfilmentState[] {
  return (Object.keys(NEXT) as FulfilmentState[]).filter((from) => NEXT[from].includes(state));
}

/** The goods are still in the house, promised to the buyer. */
export const IN_HOUSE: readonly FulfilmentState[] = ["planned", "assigned", "accepted", "ready"];
/** They have left. */
export const HANDED_OUT: readonly FulfilmentState[] = ["shipped", "delivered", "collected"];
