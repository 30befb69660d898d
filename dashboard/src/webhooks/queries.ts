import { queryOptions } from "@tanstack/react-query";

import type { DeliveryItem, DeliveryView, EndpointBody, EndpointView } from "../../../server/src/webhooks/contracts.ts";
import { get, type Page } from "../api/http.ts";

export type { DeliveryItem, DeliveryView, EndpointBody, EndpointView };
export type NewEndpoint = EndpointView & { readonly secret: string };

export const WEBHOOKS = ["webhooks"] as const;

export const webhooksQuery = queryOptions({
  queryKey: WEBHOOKS,
  queryFn: () => get<Page<EndpointView>>("/v1/webhooks", { limit: 100 }),
});

export const webhookQuery = (id: string) =>
  queryOptions({ queryKey: [...WEBHOOKS, id], queryFn: () => get<EndpointView>(`/v1/webhooks/${id}`) });

export const deliveriesKey = (id: string) => [...WEBHOOKS, id, "deliveries"] as const;

export const deliveryQuery = (id: string, delivery: string) =>
  queryOptions({
    queryKey: [...WEBHOOKS, id, "delivery", delivery],
    queryFn: () => get<DeliveryView>(`/v1/webhooks/${id}/deliveries/${delivery}`),
  });
