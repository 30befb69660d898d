import { queryOptions } from "@tanstack/react-query";

import type { Cart, ListSummary, ShoppingList } from "../../../server/src/lists/contracts.ts";
import { get, type Page } from "../api/http.ts";
import type { PersonRow, ProfileView } from "./wire.ts";

export const peopleQuery = (filters: { readonly q?: string | undefined }, limit = 50) =>
  queryOptions({
    queryKey: ["people", "find", filters, limit],
    queryFn: () => get<Page<PersonRow>>("/v1/profiles", { ...filters, limit }),
  });

export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: ["profile", id],
    queryFn: () => get<ProfileView>(`/v1/profiles/${encodeURIComponent(id)}`),
  });

export const profileCartQuery = (id: string) =>
  queryOptions({
    queryKey: ["profile", id, "cart"],
    queryFn: () => get<Cart>(`/v1/profiles/${encodeURIComponent(id)}/cart`),
  });

export const profileListsQuery = (id: string) =>
  queryOptions({
    queryKey: ["profile", id, "lists"],
    queryFn: () => get<Page<ListSummary>>(`/v1/profiles/${encodeURIComponent(id)}/shopping-lists`),
  });

export const profileListQuery = (profileId: string, listId: string) =>
  queryOptions({
    queryKey: ["profile", profileId, "lists", listId],
    queryFn: () => get<ShoppingList>(`/v1/shopping-lists/${listId}`),
  });
