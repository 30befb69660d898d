import { queryOptions } from "@tanstack/react-query";

import type { StoreView } from "../../../server/src/catalog/contracts.ts";
import { get, type Page } from "../api/http.ts";

export const STORES = ["stores"] as const;

export const storesQuery = (archived: boolean) =>
  queryOptions({
    queryKey: [...STORES, archived],
    queryFn: () => get<Page<StoreView>>("/v1/stores", archived ? { archived: "true" } : {}),
  });
