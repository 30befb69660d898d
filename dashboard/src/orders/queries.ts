import { queryOptions } from "@tanstack/react-query";

import type { Order } from "../../../server/src/orders/contracts.ts";
import { get, type Page } from "../api/http.ts";

export const ordersOfQuery = (profile: string) =>
  queryOptions({
    queryKey: ["orders", "of", profile],
    queryFn: () => get<Page<Order>>("/v1/orders", { profile, limit: 10 }),
  });

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ["orders", id],
    queryFn: () => get<Order>(`/v1/orders/${id}`),
  });
