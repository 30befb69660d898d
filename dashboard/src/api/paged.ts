import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

import { get, type Page } from "./http.ts";

type Filters = Readonly<Record<string, string | number | undefined>>;

/** A list of the api, page after page by its cursor. */
export function usePages<T>(key: QueryKey, path: string, filters: Filters = {}, enabled = true) {
  return useInfiniteQuery({
    queryKey: [...key, filters],
    queryFn: ({ pageParam }) => get<Page<T>>(path, { limit: 50, ...filters, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (previous) => previous,
    enabled,
  });
}

export function itemsOf<T>(data: { readonly pages: readonly Page<T>[] } | undefined): readonly T[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}
