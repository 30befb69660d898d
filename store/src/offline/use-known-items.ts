import { useEffect } from "react";
import { keepItems } from "./known-items.ts";

const AGAIN_MS = 10 * 60_000;

/** Keeps this store's price list on the device while there is a network. */
export function useKnownItems(storeId: string): void {
  useEffect(() => {
    // Without a network the list of before stays.
    const keep = () => void keepItems(storeId).catch(() => {});
    keep();
    const timer = setInterval(keep, AGAIN_MS);
    return () => clearInterval(timer);
  }, [storeId]);
}
