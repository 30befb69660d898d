import { askHistory } from "../platform/ask-history.ts";
import type { App } from "../platform/http.ts";
import { manage } from "../platform/principal.ts";
import { eventCounts, eventCountsQuery, holdoutResults, overview, overviewQuery } from "./contracts.ts";
import { readEventCounts } from "./read-event-counts.ts";
import { readHoldoutResults } from "./read-holdout.ts";
import { type InsightDeps, readOverview } from "./read-overview.ts";

export function insightRoutes(app: App, deps: InsightDeps): void {
  app.route({
    method: "GET",
    url: "/v1/overview",
    config: { access: manage },
    schema: { querystring: overviewQuery, response: { 200: overview } },
    handler: (request) => askHistory(() => readOverview(deps, request.query)),
  });
  app.route({
    method: "GET",
    url: "/v1/events/counts",
    config: { access: manage },
    schema: { querystring: eventCountsQuery, response: { 200: eventCounts } },
    handler: (request) => askHistory(() => readEventCounts(deps, request.query)),
  });
  app.route({
    method: "GET",
    url: "/v1/experiments/holdout/results",
    config: { access: manage },
    schema: { response: { 200: holdoutResults } },
    handler: () => askHistory(() => readHoldoutResults(deps)),
  });
}
