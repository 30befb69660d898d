import { queryOptions } from "@tanstack/react-query";

import { get, type Page } from "../api/http.ts";
import { getAll } from "../api/paged.ts";
import type { JourneyGraph, JourneyRow, JourneyView, LibraryItem, ResultsView, RunView } from "./wire.ts";

export const journeysQuery = queryOptions({
  queryKey: ["journeys"],
  queryFn: () => getAll<JourneyRow>("/v1/journeys"),
});

interface AdAudience {
  readonly id: string;
  readonly name: string;
  readonly segment_id: string | null;
  readonly state: string;
}

export const adAudiencesQuery = queryOptions({
  queryKey: ["ad-audiences"],
  queryFn: () => get<Page<AdAudience>>("/v1/audiences", { limit: 200 }),
});

export const journeyQuery = (id: string) =>
  queryOptions({
    queryKey: ["journeys", id],
    queryFn: () => get<JourneyView>(`/v1/journeys/${id}`),
  });

export const runsQuery = (id: string, filters: { readonly profile?: string; readonly node?: string }) =>
  queryOptions({
    queryKey: ["journeys", id, "runs", filters],
    queryFn: () => get<Page<RunView>>(`/v1/journeys/${id}/runs`, { ...filters, limit: 50 }),
  });

/** All runs of one person, newest first, asked journey by journey (a house has few of them). */
export const profileRunsQuery = (profile: string) =>
  queryOptions({
    queryKey: ["journeys", "of", profile],
    queryFn: async ({ client }) => {
      const { items } = await client.ensureQueryData(journeysQuery);
      const pages = await Promise.all(
        items.map(async (journey) => {
          const runs = await get<Page<RunView>>(`/v1/journeys/${journey.id}/runs`, { profile, limit: 10 });
          return runs.items.map((run) => ({ journey, run }));
        }),
      );
      return pages.flat().sort((a, b) => b.run.entered_at.localeCompare(a.run.entered_at));
    },
  });

export const libraryQuery = queryOptions({
  queryKey: ["journeys", "library"],
  queryFn: () => get<Page<LibraryItem>>("/v1/journeys/library"),
  staleTime: Number.POSITIVE_INFINITY,
});

export const resultsQuery = (id: string) =>
  queryOptions({
    queryKey: ["journeys", id, "results"],
    queryFn: () => get<ResultsView>(`/v1/journeys/${id}/results`),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["journeys", id, "versions"],
    queryFn: () => get<Page<{ version: number; published_at: string; active: number }>>(`/v1/journeys/${id}/versions`),
  });

export const versionQuery = (id: string, version: string) =>
  queryOptions({
    queryKey: ["journeys", id, "versions", version],
    queryFn: () =>
      get<{ version: number; published_at: string; graph: JourneyGraph }>(`/v1/journeys/${id}/versions/${version}`),
    staleTime: Number.POSITIVE_INFINITY,
  });
