import type { Page } from "@kilim/sdk";
import { infiniteQueryOptions } from "@tanstack/react-query";
import type { Errand } from "../../../server/src/lists/contracts.ts";
import { ask } from "../api/ask.ts";

export type { Errand };
export type ErrandItem = Errand["items"][number];

export const errandsQuery = (storeId: string) =>
  infiniteQueryOptions({
    queryKey: ["queue", storeId, "errands"],
    queryFn: ({ pageParam }) =>
      ask<Page<Errand>>(
        "GET",
        `/v1/errands?${new URLSearchParams({ store: storeId, limit: "20", ...(pageParam ? { after: pageParam } : {}) })}`,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });

export type ErrandStep = "take" | "give-back" | "ready" | "done" | "cancel";

export const stepErrand = (id: string, step: ErrandStep) => ask<Errand>("POST", `/v1/errands/${id}/${step}`, {});

export const noteFound = (id: string, itemId: string, isFound: boolean) =>
  ask<Errand>("PUT", `/v1/errands/${id}/items/${itemId}`, { is_found: isFound });
