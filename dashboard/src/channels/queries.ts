import { queryOptions } from "@tanstack/react-query";

import type { AccountBody, AccountCheck, AccountView, ProviderList } from "../../../server/src/messages/contracts.ts";
import { get, type Page } from "../api/http.ts";

export type { AccountBody, AccountCheck, AccountView };
export type ProviderView = ProviderList["items"][number];

export const ACCOUNTS = ["channels", "accounts"] as const;

export const accountsQuery = queryOptions({
  queryKey: ACCOUNTS,
  queryFn: () => get<Page<AccountView>>("/v1/channels/accounts", { limit: 500 }),
});

export const accountQuery = (id: string) =>
  queryOptions({ queryKey: [...ACCOUNTS, id], queryFn: () => get<AccountView>(`/v1/channels/accounts/${id}`) });

export const providersQuery = queryOptions({
  queryKey: ["channels", "providers"],
  queryFn: () => get<ProviderList>("/v1/channels/providers"),
  staleTime: Number.POSITIVE_INFINITY,
});
