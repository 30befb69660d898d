import type { Kilim, Shopper } from "@kilim/sdk";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useKilim } from "../kilim.tsx";

/** Who is signed in on this device; `null` when nobody is, or the sign-in has run out. */
export const shopperQuery = (kilim: Kilim) =>
  queryOptions({
    queryKey: ["shopper"],
    async queryFn(): Promise<Shopper | null> {
      if (!kilim.isSignedIn) return null;
      try {
        return await kilim.shopper.me();
      } catch (error) {
        // The SDK has dropped a token that the server no longer takes.
        if (!kilim.isSignedIn) return null;
        throw error;
      }
    },
  });

export function useShopper() {
  return useQuery(shopperQuery(useKilim()));
}

export function useSignedIn(): boolean {
  return useShopper().data != null;
}
