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

/** All of a list that is chosen from or searched as a whole. */
export async function getAll<T>(path: string, filters: Filters = {}): Promise<Page<T>> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const page: Page<T> = await get<Page<T>>(path, { limit: 500, ...filters, after });
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return { items, next: null };
}

export function itemsOf<T>(data: { readonly pages: readonly Page<T>[] } | undefined): readonly T[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}
