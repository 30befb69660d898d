import { keepTrue } from "@kilim/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSignedIn } from "../account/use-shopper.ts";
import { onOtherTab } from "../cart/other-tabs.ts";
import { useKilim } from "../kilim.tsx";

/** What changes on any other channel (the till sells the last pair) shows here without a reload. */
export function useLive(): void {
  const kilim = useKilim();
  const queries = useQueryClient();
  const isSignedIn = useSignedIn();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a sign-in opens the line anew, with the token
  useEffect(() => {
    const reader = (key: string) => keepTrue(() => queries.invalidateQueries({ queryKey: [key] }));
    const [availability, cart, shopper] = [reader("availability"), reader("cart"), reader("shopper")];
    const [lists, orders, order] = [reader("lists"), reader("orders"), reader("order")];
    return kilim.live(
      ({ topic, id, changed }) => {
        if (topic === "product") availability();
        if (topic === "product" && changed.some((what) => what === "product" || what === "reviews")) {
          for (const key of ["product", "reviews"]) void queries.invalidateQueries({ queryKey: [key, id] });
        }
        if (topic === "product" || topic === "profile") cart();
        if (changed.some((what) => what.startsWith("trait:"))) shopper();
        if (topic !== "profile") return;
        lists();
        orders();
        if (changed.includes("orders")) order();
      },
      ["product", "profile"],
      () => void queries.invalidateQueries(),
    );
  }, [kilim, queries, isSignedIn]);
  useEffect(() => onOtherTab(() => void queries.invalidateQueries({ queryKey: ["cart"] })), [queries]);
}
