import { queryOptions } from "@tanstack/react-query";

import type { Order, Refund, Tracking } from "../../../server/src/orders/contracts.ts";
import { get, type Page } from "../api/http.ts";

export type { Order, Refund, Tracking };
export type Fulfilment = Order["fulfilments"][number];

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

export const trackingQuery = (id: string) =>
  queryOptions({ queryKey: ["orders", id, "tracking"], queryFn: () => get<Tracking>(`/v1/orders/${id}/tracking`) });

export const refundsQuery = (id: string) =>
  queryOptions({ queryKey: ["orders", id, "refunds"], queryFn: () => get<Page<Refund>>(`/v1/orders/${id}/refunds`) });
