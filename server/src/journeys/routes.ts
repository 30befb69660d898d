import type { App } from "../platform/http.ts";
import { pageQuery } from "../platform/pages.ts";
import { manage } from "../platform/principal.ts";
import { archiveJourney, pauseJourney, publishJourney } from "./change-status.ts";
import * as c from "./contracts.ts";
import type { JourneysDeps } from "./deps.ts";
import { readJourney, readJourneys, readRuns } from "./read-journeys.ts";
import { changeJourney, createJourney } from "./save-journey.ts";

const config = { access: manage };
const view = { 200: c.journeyView };

export function journeyRoutes(app: App, deps: JourneysDeps): void {
  app.get("/v1/journeys", { config, schema: { querystring: pageQuery, response: { 200: c.journeyPage } } }, (request) =>
    readJourneys(deps, request.query),
  );
  app.post(
    "/v1/journeys",
    {
      config: { access: manage, idempotent: true },
      schema: { body: c.createJourneyBody, response: { 201: c.journeyView } },
    },
    async (request, reply) => reply.code(201).send(await createJourney(deps, request.body)),
  );
  app.get("/v1/journeys/:id", { config, schema: { params: c.idParams, response: view } }, (request) =>
    readJourney(deps, request.params.id),
  );
  app.put(
    "/v1/journeys/:id",
    { config, schema: { params: c.idParams, body: c.changeJourneyBody, response: view } },
    (request) => changeJourney(deps, request.params.id, request.body),
  );
  app.post("/v1/journeys/:id/publish", { config, schema: { params: c.idParams, response: view } }, (request) =>
    publishJourney(deps, request.params.id),
  );
  app.post("/v1/journeys/:id/pause", { config, schema: { params: c.idParams, response: view } }, (request) =>
    pauseJourney(deps, request.params.id),
  );
  app.post("/v1/journeys/:id/archive", { config, schema: { params: c.idParams, response: view } }, (request) =>
    archiveJourney(deps, request.params.id),
  );
  app.get(
    "/v1/journeys/:id/runs",
    { config, schema: { params: c.idParams, querystring: c.runQuery, response: { 200: c.runPage } } },
    (request) => readRuns(deps, request.params.id, request.query),
  );
}
