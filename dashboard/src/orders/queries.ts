import { queryOptions } from "@tanstack/react-query";

import type {
  AnnouncedReturn,
  Order,
  OrderPolicy,
  Refund,
  Returnable,
  ReturnedOrder,
  Tracking,
} from "../../../server/src/orders/contracts.ts";
import { get, type Page } from "../api/http.ts";

export type { AnnouncedReturn, Order, Refund, Returnable, ReturnedOrder, Tracking };
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

/** What its buyer has said that comes back by post. */
export const announcedQuery = (id: string) =>
  queryOptions({
    queryKey: ["orders", id, "announced"],
    queryFn: () => get<Page<AnnouncedReturn>>(`/v1/orders/${id}/announced-returns`),
  });

/** What was taken back. */
export const returnsQuery = (id: string) =>
  queryOptions({
    queryKey: ["orders", id, "returns"],
    queryFn: () => get<Page<ReturnedOrder>>(`/v1/orders/${id}/returns`),
  });

/** What may still come back. */
export const returnableQuery = (id: string) =>
  queryOptions({
    queryKey: ["orders", id, "returnable"],
    queryFn: () => get<Returnable>(`/v1/orders/${id}/returnable`),
  });

/** How orders are promised, kept and taken back. */
export const orderPolicyQuery = queryOptions({
  queryKey: ["order-policy"],
  queryFn: () => get<OrderPolicy>("/v1/order-policy"),
});
