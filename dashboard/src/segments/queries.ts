import { queryOptions } from "@tanstack/react-query";

import type { Store } from "../../../server/src/catalog/contracts.ts";
import type {
  ListView,
  PreviewView,
  PropertyPage,
  SegmentView,
  ValuePage,
  VocabularyView,
} from "../../../server/src/segments/contracts.ts";
import { call, get, type Page } from "../api/http.ts";
import { getAll } from "../api/paged.ts";
import type { Condition } from "./segment-tree.ts";

export type Segment = Omit<SegmentView, "definition"> & { readonly definition: Condition };

export interface Member {
  readonly profile_id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly entered_at: string;
}

/** Whoever waits for a fill sees it go on; nobody announces each of its steps. */
const FILLING_MS = 1_000;

export const segmentsQuery = queryOptions({
  queryKey: ["segments"],
  queryFn: () => getAll<Segment>("/v1/segments"),
  refetchInterval: ({ state }) => (state.data?.items.some(isFilling) ? FILLING_MS : false),
});

export const segmentQuery = (id: string) =>
  queryOptions({
    queryKey: ["segments", id],
    queryFn: () => get<Segment>(`/v1/segments/${id}`),
    refetchInterval: ({ state }) => (state.data && isFilling(state.data) ? FILLING_MS : false),
  });

function isFilling({ state }: Segment): boolean {
  return state === "backfilling";
}

export const listsQuery = queryOptions({
  queryKey: ["lists"],
  queryFn: () => getAll<ListView>("/v1/lists"),
});

export const storesQuery = queryOptions({
  queryKey: ["stores"],
  queryFn: () => get<Page<Store>>("/v1/stores"),
  staleTime: 60_000,
});

export const vocabularyQuery = queryOptions({
  queryKey: ["vocabulary"],
  queryFn: () => get<VocabularyView>("/v1/segments/vocabulary"),
  staleTime: 60_000,
});

export const propertiesQuery = (event: string) =>
  queryOptions({
    queryKey: ["vocabulary", "properties", event],
    queryFn: () => get<PropertyPage>("/v1/segments/vocabulary/properties", { event, limit: 500 }),
    enabled: event !== "",
    staleTime: 60_000,
  });

/** Whose values are meant: a trait's, a computed value's, or those of a property of an event. */
export type ValuesOf =
  | { readonly trait: string }
  | { readonly computed: string }
  | { readonly event: string; readonly property: string };

export const valuesQuery = (of: ValuesOf, q: string) =>
  queryOptions({
    queryKey: ["vocabulary", "values", of, q],
    queryFn: () => get<ValuePage>("/v1/segments/vocabulary/values", { ...of, q, limit: 200 }),
    enabled: Object.values(of).every((name) => name !== ""),
    staleTime: 60_000,
    retry: false,
  });

/** Given up as soon as nobody waits for it any more. Whoever takes a word back sees the number of before again. */
export const previewQuery = (definition: Condition, exact = false) =>
  queryOptions({
    queryKey: ["preview", JSON.stringify(definition), exact],
    queryFn: ({ signal }) => call<PreviewView>("POST", "/v1/segments/preview", { definition, exact }, signal),
    staleTime: 30_000,
  });
