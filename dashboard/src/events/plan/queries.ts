import { queryOptions } from "@tanstack/react-query";

import type { EventPlan, PlanRules } from "../../../../server/src/plan/contracts.ts";
import { get } from "../../api/http.ts";

export const planRulesQuery = queryOptions({ queryKey: ["plan", "rules"], queryFn: () => get<PlanRules>("/v1/plan") });

export const standardQuery = queryOptions({
  queryKey: ["plan", "standard"],
  queryFn: () => get<{ readonly names: readonly string[] }>("/v1/plan/standard"),
  staleTime: Number.POSITIVE_INFINITY,
});

export const planPath = (name: string): string => `/v1/plan/events/${encodeURIComponent(name)}`;

export const eventPlanQuery = (name: string) =>
  queryOptions({ queryKey: ["plan", "event", name], queryFn: () => get<EventPlan>(planPath(name)) });
