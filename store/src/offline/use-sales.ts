import { useEffect, useState } from "react";
import { onReachable } from "./reachable.ts";
import { forgetOld, listSales, onSales, tellWaiting } from "./sale-queue.ts";
import type { KeptSale } from "./till-db.ts";

/** This device's sales, newest first, as they change. */
export function useSales(): readonly KeptSale[] {
  const [sales, setSales] = useState<readonly KeptSale[]>([]);
  useEffect(() => {
    let isGone = false;
    const read = () => {
      listSales().then(
        (found) => !isGone && setSales(found),
        // A browser that keeps nothing (private windows) has no list to show.
        () => setSales([]),
      );
    };
    read();
    const stop = onSales(read);
    return () => {
      isGone = true;
      stop();
    };
  }, []);
  return sales;
}

const AGAIN_MS = 15_000;

/** Tells what waits: at once, when the network comes back, and now and then: not every browser notices. */
export function useTelling(): void {
  useEffect(() => {
    const tell = () => void tellWaiting().catch(() => {});
    void forgetOld().catch(() => {});
    tell();
    const stop = onReachable(tell);
    const timer = setInterval(tell, AGAIN_MS);
    addEventListener("online", tell);
    return () => {
      stop();
      clearInterval(timer);
      removeEventListener("online", tell);
    };
  }, []);
}
