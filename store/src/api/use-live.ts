import { keepTrue } from "@kilim/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** What each topic's notices make the screens read anew. */
const READ_ANEW = {
  product: ["availability"],
  order: ["orders"],
  store: ["queue"],
  profile: ["profile", "cart", "lists", "orders", "timeline"],
} as const;

/** What the web or another till changes shows here at once: stock, and everything of the customer in front. */
export function useLive(profileId: string | null): void {
  const queries = useQueryClient();
  useEffect(() => {
    const query = new URLSearchParams({ topics: "product,order,store", ...(profileId ? { profiles: profileId } : {}) });
    const source = new EventSource(`/v1/live?${query}`);
    for (const [topic, keys] of Object.entries(READ_ANEW)) {
      const readAll = keys.map((key) => keepTrue(() => queries.invalidateQueries({ queryKey: [key] })));
      source.addEventListener(topic, () => {
        for (const read of readAll) read();
      });
    }
    let wasOpen = false;
    source.onopen = () => {
      // The line was cut, and what was told meanwhile was missed.
      if (wasOpen) void queries.invalidateQueries();
      wasOpen = true;
    };
    return () => source.close();
  }, [queries, profileId]);
}
