import { queryOptions } from "@tanstack/react-query";

import type { Condition, PreviewView, SegmentView, VocabularyView } from "../../../server/src/segments/contracts.ts";
import { call, get, type Page } from "../api/http.ts";

export type Segment = Omit<SegmentView, "definition"> & { readonly definition: Condition };

export interface Member {
  readonly profile_id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly entered_at: string;
}

export const segmentsQuery = queryOptions({
  queryKey: ["segments"],
  queryFn: () => get<Page<Segment>>("/v1/segments", { limit: 200 }),
});

export const segmentQuery = (id: string) =>
  queryOptions({ queryKey: ["segments", id], queryFn: () => get<Segment>(`/v1/segments/${id}`) });

export const vocabularyQuery = queryOptions({
  queryKey: ["vocabulary"],
  queryFn: () => get<VocabularyView>("/v1/segments/vocabulary"),
  staleTime: 60_000,
});

export const previewQuery = (definition: Condition) =>
  queryOptions({
    queryKey: ["preview", JSON.stringify(definition)],
    queryFn: () => call<PreviewView>("POST", "/v1/segments/preview", { definition }),
  });
