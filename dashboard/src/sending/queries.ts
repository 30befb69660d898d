import { queryOptions } from "@tanstack/react-query";

import type { SendingRulesView, Topic } from "../../../server/src/consent/contracts.ts";
import type { HoldoutResults } from "../../../server/src/insight/contracts.ts";
import type { ReachSettingsView, ReachView } from "../../../server/src/reach/contracts.ts";
import { get, type Page } from "../api/http.ts";

export const sendingRulesQuery = queryOptions({
  queryKey: ["sending-rules"],
  queryFn: () => get<SendingRulesView>("/v1/sending-rules"),
});

export const topicsQuery = queryOptions({
  queryKey: ["topics"],
  queryFn: () => get<Page<Topic>>("/v1/topics"),
});

export const holdoutQuery = queryOptions({
  queryKey: ["holdout"],
  queryFn: () => get<{ readonly share: number; readonly since: string | null }>("/v1/experiments/holdout"),
});

export const holdoutResultsQuery = queryOptions({
  queryKey: ["holdout", "results"],
  queryFn: () => get<HoldoutResults>("/v1/experiments/holdout/results"),
});

export const reachSettingsQuery = queryOptions({
  queryKey: ["reach-settings"],
  queryFn: () => get<ReachSettingsView>("/v1/reach-settings"),
});

export const reachQuery = (profileId: string) =>
  queryOptions({
    queryKey: ["profile", profileId, "reach"],
    queryFn: () => get<ReachView>(`/v1/profiles/${encodeURIComponent(profileId)}/reach`),
  });

/** On which people can be written to. */
export const CHANNELS = ["email", "sms", "whatsapp", "push", "call", "letter", "social"] as const;
