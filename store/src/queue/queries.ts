import type { Page } from "@kilim/sdk";
import { queryOptions } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";

interface Location {
  readonly id: string;
  readonly store_id: string | null;
}

interface Named {
  readonly variant_id: string;
  readonly location_id: string;
  readonly title: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly size: string | null;
  readonly color: string | null;
  readonly image_url: string;
}

export interface ToLookAt extends Named {
  readonly quality_control: number;
}

export interface OpenDiscrepancy extends Named {
  readonly id: string;
  readonly kind: "not_on_hand" | "promised" | "lost_in_transfer";
  readonly quantity: number;
  readonly opened_at: string;
}

/** The stock room of a store; null when it has none. */
const locationOf = async (storeId: string): Promise<string | null> =>
  (await ask<Page<Location>>("GET", "/v1/stock/locations")).items.find((one) => one.store_id === storeId)?.id ?? null;

const atStore =
  <T>(storeId: string, path: (location: string) => string) =>
  async (): Promise<readonly T[]> => {
    const location = await locationOf(storeId);
    return location === null ? [] : (await ask<Page<T>>("GET", path(location))).items;
  };

export const toCheckQuery = (storeId: string) =>
  queryOptions({
    queryKey: ["queue", storeId, "check"],
    queryFn: atStore<ToLookAt>(storeId, (at) => `/v1/stock/levels?location=${at}&to_check=true&limit=100`),
    staleTime: 0,
  });

export const discrepanciesQuery = (storeId: string) =>
  queryOptions({
    queryKey: ["queue", storeId, "discrepancies"],
    queryFn: atStore<OpenDiscrepancy>(storeId, (at) => `/v1/stock/discrepancies?location=${at}&limit=100`),
    staleTime: 0,
  });

export const resolve = (id: string, resolution: string) =>
  ask<unknown>("POST", `/v1/stock/discrepancies/${id}/resolve`, { resolution });

/** One piece somebody has looked at: back on the shelf, or damaged. */
export const decide = ({ variant_id, location_id }: ToLookAt, isFine: boolean) =>
  ask<unknown>("POST", "/v1/stock/movements", {
    movements: [
      isFine
        ? { variant_id, location_id, kind: "check", quantity: -1 }
        : { variant_id, location_id, kind: "fail_check", quantity: 1 },
    ],
  });
