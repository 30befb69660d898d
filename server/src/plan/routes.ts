import { z } from "zod";

import type { App } from "../platform/http.ts";
import { manage, type Principal } from "../platform/principal.ts";
import {
  eventName,
  eventPlan,
  plannedEvent,
  plannedInput,
  planPage,
  planQuery,
  planRules,
  suggestion,
  suggestionQuery,
  trial,
  trialInput,
} from "./contracts.ts";
import { readRules } from "./queries/plan.pg.ts";
import { readEventPlan, readPlanItems } from "./read-plan.ts";
import { archivePlanned, revertPlanned, type SaveDeps, savePlanned, saveRules } from "./save-planned.ts";
import { STANDARD_NAMES } from "./standard.ts";
import { suggestSchema, tryPlan } from "./suggest-schema.ts";

const byName = z.object({ name: eventName });
const byVersion = byName.extend({ version: z.coerce.number().int().min(1) });
const config = { access: manage };

export function planRoutes(app: App, deps: SaveDeps): void {
  app.get("/v1/plan", { config, schema: { response: { 200: planRules } } }, () => readRules(deps.db));
  app.put("/v1/plan", { config, schema: { body: planRules, response: { 200: planRules } } }, ({ body }) =>
    saveRules(deps, body),
  );
  app.get(
    "/v1/plan/standard",
    { config, schema: { response: { 200: z.object({ names: z.array(z.string()) }) } } },
    () => ({ names: [...STANDARD_NAMES] }),
  );
  app.get("/v1/plan/events", { config, schema: { querystring: planQuery, response: { 200: planPage } } }, ({ query }) =>
    readPlanItems(deps, query),
  );
  app.get("/v1/plan/events/:name", { config, schema: { params: byName, response: { 200: eventPlan } } }, ({ params }) =>
    readEventPlan(deps, params.name),
  );
  app.put(
    "/v1/plan/events/:name",
    { config, schema: { params: byName, body: plannedInput, response: { 200: plannedEvent } } },
    ({ params, body, principal }) => savePlanned(deps, params.name, body, authorOf(principal)),
  );
  app.delete(
    "/v1/plan/events/:name",
    { config, schema: { params: byName, response: { 200: plannedEvent } } },
    ({ params }) => archivePlanned(deps, params.name, true),
  );
  app.post(
    "/v1/plan/events/:name/restore",
    { config, schema: { params: byName, response: { 200: plannedEvent } } },
    ({ params }) => archivePlanned(deps, params.name, false),
  );
  app.post(
    "/v1/plan/events/:name/versions/:version/restore",
    { config, schema: { params: byVersion, response: { 200: plannedEvent } } },
    ({ params, principal }) => revertPlanned(deps, params.name, params.version, authorOf(principal)),
  );
  app.get(
    "/v1/plan/events/:name/suggestion",
    { config, schema: { params: byName, querystring: suggestionQuery, response: { 200: suggestion } } },
    ({ params, query }) => suggestSchema(deps, params.name, query.from),
  );
  app.post(
    "/v1/plan/events/:name/try",
    { config, schema: { params: byName, body: trialInput, response: { 200: trial } } },
    ({ params, body }) => tryPlan(deps, params.name, body.schema),
  );
}

function authorOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.name : "API";
}
