import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSignedIn } from "../account/use-shopper.ts";
import { useKilim } from "../kilim.tsx";

/** What changes on any other channel (the till sells the last pair) shows here without a reload. */
export function useLive(): void {
  const kilim = useKilim();
  const queries = useQueryClient();
  const isSignedIn = useSignedIn();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a sign-in opens the line anew, with the token
  useEffect(
    () =>
      kilim.live(({ topic, changed }) => {
        if (topic === "product") void queries.invalidateQueries({ queryKey: ["availability"] });
        if (topic === "product" || topic === "profile" || topic === "cart") {
          void queries.invalidateQueries({ queryKey: ["cart"] });
        }
        if (changed.some((what) => what.startsWith("trait:")))
          void queries.invalidateQueries({ queryKey: ["shopper"] });
        if (topic === "order" || topic === "profile") void queries.invalidateQueries({ queryKey: ["orders"] });
      }),
    [kilim, queries, isSignedIn],
  );
}
