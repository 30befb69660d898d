import type { Page } from "@kilim/sdk";
import { queryOptions } from "@tanstack/react-query";
import type {
  AnnouncedReturn,
  Order,
  QueuedFulfilment,
  Returnable,
  ReturnBody,
  ReturnedOrder,
  Tracking,
} from "../../../server/src/orders/contracts.ts";
import { ask } from "../api/ask.ts";

export type { AnnouncedReturn, Order, QueuedFulfilment, Returnable, Tracking };

export const orderQuery = (id: string) =>
  queryOptions({ queryKey: ["orders", "one", id], queryFn: () => ask<Order>("GET", `/v1/orders/${id}`) });

export const trackingQuery = (id: string) =>
  queryOptions({ queryKey: ["orders", "way", id], queryFn: () => ask<Tracking>("GET", `/v1/orders/${id}/tracking`) });

export const returnableQuery = (id: string) =>
  queryOptions({
    queryKey: ["orders", "returnable", id],
    queryFn: () => ask<Returnable>("GET", `/v1/orders/${id}/returnable`),
    staleTime: 0,
  });

/** What the buyer has said she sends back by post. */
export const announcedQuery = (id: string) =>
  queryOptions({
    queryKey: ["orders", "announced", id],
    queryFn: () => ask<Page<AnnouncedReturn>>("GET", `/v1/orders/${id}/announced-returns`),
  });

export const queueQuery = (storeId: string) =>
  queryOptions({
    queryKey: ["queue", storeId],
    queryFn: () => ask<Page<QueuedFulfilment>>("GET", `/v1/fulfilments?store=${storeId}&limit=200`),
    staleTime: 0,
  });

export const findByReceipt = (code: string) => ask<Order>("POST", "/v1/receipts/lookup", { code });

export const findByCode = (storeId: string, code: string) =>
  ask<QueuedFulfilment>("POST", "/v1/fulfilments/lookup", { store_id: storeId, code });

export const collect = (storeId: string, code: string) =>
  ask<unknown>("POST", "/v1/fulfilments/collect", { store_id: storeId, code });

export const handOver = (id: string, checked: string) =>
  ask<unknown>("POST", `/v1/fulfilments/${id}/hand-over`, { checked });

export const accept = (id: string) => ask<unknown>("POST", `/v1/fulfilments/${id}/accept`, {});
export const reject = (id: string, reason: string) => ask<unknown>("POST", `/v1/fulfilments/${id}/reject`, { reason });
export const makeReady = (id: string, compartment: string) =>
  ask<unknown>("POST", `/v1/fulfilments/${id}/ready`, compartment === "" ? {} : { compartment });
export const ship = (id: string, carrier: string, number: string) =>
  ask<unknown>("POST", `/v1/fulfilments/${id}/ship`, {
    carrier,
    ...(number === "" ? {} : { tracking_number: number }),
  });

export const giveBack = (orderId: string, body: ReturnBody, key: string) =>
  ask<ReturnedOrder>("POST", `/v1/orders/${orderId}/returns`, body, { "idempotency-key": key });

export const mailReceipt = (orderId: string, email: string) =>
  ask<unknown>("POST", `/v1/orders/${orderId}/receipt`, { email });
