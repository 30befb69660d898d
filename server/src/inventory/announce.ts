import type { Bus } from "../platform/bus.ts";
import type { Touched } from "./contracts.ts";

/** Tells the open screens which stock moved. Call it after the commit, never before. */
export function announce(bus: Bus, touched: readonly Touched[]): void {
  for (const { productId, storeId } of touched) {
    bus.changed("product", productId, ["stock"]);
    if (storeId !== null) bus.changed("store", storeId, ["stock"]);
  }
  if (touched.length > 0) bus.wake("inbox");
}
