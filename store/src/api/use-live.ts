import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** What the web or another till changes shows here at once: stock, and everything of the customer in front. */
export function useLive(profileId: string | null): void {
  const queries = useQueryClient();
  useEffect(() => {
    const query = new URLSearchParams({ topics: "product,order,store", ...(profileId ? { profiles: profileId } : {}) });
    const source = new EventSource(`/v1/live?${query}`);
    source.addEventListener("product", () => void queries.invalidateQueries({ queryKey: ["availability"] }));
    source.addEventListener("order", () => void queries.invalidateQueries({ queryKey: ["orders"] }));
    source.addEventListener("store", () => void queries.invalidateQueries({ queryKey: ["queue"] }));
    source.addEventListener("profile", () => {
      for (const key of ["profile", "cart", "lists", "orders", "timeline"])
        void queries.invalidateQueries({ queryKey: [key] });
    });
    return () => source.close();
  }, [queries, profileId]);
}
