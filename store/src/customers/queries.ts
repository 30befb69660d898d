import type { Cart, Page } from "@kilim/sdk";
import { queryOptions } from "@tanstack/react-query";
import type { ListBehindCode, ListSummary, ShoppingList } from "../../../server/src/lists/contracts.ts";
import { ask, isMissing } from "../api/ask.ts";
import { retryUnlessRefused } from "../api/query-client.ts";
import type { Order } from "../orders/queries.ts";
import { guessIdentifiers } from "./guess-identifiers.ts";

const MOST_LOOKS = 8;

/** What the store shows of a person, out of the 360 view. */
export interface Customer {
  readonly id: string;
  readonly identifiers: readonly { readonly type: string; readonly value: string; readonly verified: boolean }[];
  readonly traits: Readonly<Record<string, unknown>>;
  readonly computed: {
    readonly orders: number;
    readonly revenue: number;
    readonly currency: string | null;
    readonly last_order_at: string | null;
    readonly preferred_channel: string | null;
    readonly sizes: Readonly<Record<string, string>>;
  };
  readonly consent: Readonly<Record<string, Readonly<Record<string, { readonly state: string }>>>>;
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly first_seen: string;
  readonly last_seen: string;
}

export interface TimelineItem {
  readonly message_id: string;
  readonly type: string;
  readonly event: string;
  readonly timestamp: string;
  readonly channel: string;
  readonly touchpoint: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Finds by e-mail, phone or loyalty number, whichever the text can be; `null` when nobody has it. */
export async function findCustomer(text: string): Promise<Customer | null> {
  for (const identifier of guessIdentifiers(text)) {
    try {
      return await ask<Customer>("POST", "/v1/profiles/lookup", identifier);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return null;
}

/** Whoever made a list at the kiosk just now is known by it a moment before their events are worked in: looked for again. */
export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ["profile", id],
    queryFn: () => ask<Customer>("GET", `/v1/profiles/${id}`),
    retry: (count, error) => (isMissing(error) ? count < MOST_LOOKS : retryUnlessRefused(count, error)),
    retryDelay: 1_000,
  });

export const customerCartQuery = (id: string) =>
  queryOptions({ queryKey: ["cart", id], queryFn: () => ask<Cart>("GET", `/v1/profiles/${id}/cart`) });

export const customerListsQuery = (id: string) =>
  queryOptions({
    queryKey: ["lists", id],
    queryFn: () => ask<Page<ListSummary>>("GET", `/v1/profiles/${id}/shopping-lists`),
  });

/** The list behind a link that somebody shows. */
export const findListByLink = (code: string) => ask<ListBehindCode>("POST", "/v1/shopping-lists/lookup", { code });

export const customerListQuery = (listId: string) =>
  queryOptions({
    queryKey: ["lists", "one", listId],
    queryFn: () => ask<ShoppingList>("GET", `/v1/shopping-lists/${listId}`),
  });

export const customerOrdersQuery = (id: string) =>
  queryOptions({
    queryKey: ["orders", id],
    queryFn: () => ask<Page<Order>>("GET", `/v1/orders?${new URLSearchParams({ profile: id, limit: "25" })}`),
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ["timeline", id],
    queryFn: () => ask<Page<TimelineItem>>("GET", `/v1/profiles/${id}/events?limit=200`),
  });
