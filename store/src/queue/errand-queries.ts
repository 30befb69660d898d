import type { Page } from "@kilim/sdk";
import { infiniteQueryOptions } from "@tanstack/react-query";
import type { Errand } from "../../../server/src/lists/contracts.ts";
import { ask } from "../api/ask.ts";

export type { Errand };
export type ErrandItem = Errand["items"][number];

/** A store is told of each step at once, but not of every change of every list: those show within this time. */
const LOOK_AGAIN_MS = 20_000;

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
    refetchInterval: LOOK_AGAIN_MS,
  });

export type ErrandStep = "take" | "give-back" | "ready" | "done" | "cancel";

export const stepErrand = (id: string, step: ErrandStep) => ask<Errand>("POST", `/v1/errands/${id}/${step}`, {});

export const noteFound = (id: string, itemId: string, isFound: boolean) =>
  ask<Errand>("PUT", `/v1/errands/${id}/items/${itemId}`, { is_found: isFound });
