import { queryOptions } from "@tanstack/react-query";

import { get, type Page } from "../api/http.ts";
import type { OrderRow } from "./wire.ts";

export const ordersOfQuery = (profile: string) =>
  queryOptions({
    queryKey: ["orders", "of", profile],
    queryFn: () => get<Page<OrderRow>>("/v1/orders", { profile, limit: 10 }),
  });

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ["orders", id],
    queryFn: () => get<OrderRow>(`/v1/orders/${id}`),
  });
