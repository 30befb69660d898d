import { queryOptions } from "@tanstack/react-query";

import type {
  CompositionView,
  Condition,
  Explanation,
  ExportView,
  OverlapView,
  SizesView,
} from "../../../../server/src/segments/contracts.ts";
import { call, get, type Page } from "../../api/http.ts";

export const DAYS = ["1", "7", "30", "90", "365"] as const;
export type Days = (typeof DAYS)[number];

type Place = Explanation["conditions"][number];
/** As the server answers it; what stands in a condition is typed by the definition it came from. */
export type Why = Omit<Explanation, "conditions"> & {
  readonly conditions: readonly (Omit<Place, "condition"> & { readonly condition: Condition | null })[];
};

export const sizesQuery = (id: string, days: Days) =>
  queryOptions({
    queryKey: ["segments", id, "sizes", days],
    queryFn: () => get<SizesView>(`/v1/segments/${id}/sizes`, { days, points: 200 }),
  });

/** Looks at up to ten thousand people: asked again when the page is opened, not for each one who comes or goes. */
export const compositionQuery = (id: string) =>
  queryOptions({
    queryKey: ["composition", id],
    queryFn: () => get<CompositionView>(`/v1/segments/${id}/composition`),
  });

export const overlapQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ["overlap", ...ids],
    queryFn: () => call<OverlapView>("POST", "/v1/segments/overlap", { segments: ids }),
    enabled: ids.length > 1,
  });

/** The person stands in the body: nobody's identifier belongs into an address. */
export const whyQuery = (id: string, profile: string) =>
  queryOptions({
    queryKey: ["segments", id, "why", profile],
    queryFn: () => call<Why>("POST", `/v1/segments/${id}/explain`, { profile }),
    retry: false,
  });

export const exportsQuery = (id: string) =>
  queryOptions({
    queryKey: ["exports", id],
    queryFn: () => get<Page<ExportView>>(`/v1/segments/${id}/exports`, { limit: 10 }),
  });
