import { queryOptions } from "@tanstack/react-query";

import type { MergeEntry, Separation } from "../../../server/src/merging/contracts.ts";
import { get, type Page } from "../api/http.ts";

export const mergesQuery = (id: string) =>
  queryOptions({
    queryKey: ["profile", id, "merges"],
    queryFn: () => get<Page<MergeEntry>>(`/v1/profiles/${encodeURIComponent(id)}/merges`, { limit: 50 }),
  });

export const separationsQuery = (id: string) =>
  queryOptions({
    queryKey: ["profile", id, "separations"],
    queryFn: () => get<{ items: readonly Separation[] }>(`/v1/profiles/${encodeURIComponent(id)}/separations`),
  });
