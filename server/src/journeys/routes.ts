import type { App } from "../platform/http.ts";
import { pageQuery } from "../platform/pages.ts";
import { manage } from "../platform/principal.ts";
import { archiveJourney, pauseJourney, publishJourney, resumeJourney } from "./change-status.ts";
import * as c from "./contracts.ts";
import { rotateCallSecret } from "./errands/call-secret.ts";
import { exportJourney } from "./files/export-journey.ts";
import { importJourney } from "./files/import-journey.ts";
import { enterByHand } from "./intake/enter-by-hand.ts";
import { cancelIntakeOf, readIntakes } from "./intake/read-intakes.ts";
import { readLibrary, takeFromLibrary } from "./library/read-library.ts";
import { readJourney, readJourneys, readRuns } from "./read-journeys.ts";
import { readResults } from "./read-results.ts";
import { readVersion, readVersions } from "./read-versions.ts";
import { rehearseDraft } from "./rehearsal/rehearse-draft.ts";
import type { LiveJourneys } from "./runs/live-journeys.ts";
import { changeJourney, checkDraft, createJourney, type WithKinds } from "./save-journey.ts";

// Nodes of kinds that other rooms have registered are checked when the journey is saved.
type CreateBody = Parameters<typeof createJourney>[1];
type ChangeBody = Parameters<typeof changeJourney>[2];

const config = { access: manage };
const view = { 200: c.journeyView };

export function journeyRoutes(app: App, deps: WithKinds, live: LiveJourneys): void {
  app.get("/v1/journeys", { config, schema: { querystring: pageQuery, response: { 200: c.journeyPage } } }, (request) =>
    readJourneys(deps, request.query),
  );
  app.post(
    "/v1/journeys",
    {
      config: { access: manage, idempotent: true },
      schema: { body: c.createJourneyBody, response: { 201: c.journeyView } },
    },
    async (request, reply) => reply.code(201).send(await createJourney(deps, request.body as CreateBody)),
  );
  app.get("/v1/journeys/:id", { config, schema: { params: c.idParams, response: view } }, (request) =>
    readJourney(deps, request.params.id),
  );
  app.put(
    "/v1/journeys/:id",
    { config, schema: { params: c.idParams, body: c.changeJourneyBody, response: view } },
    (request) => changeJourney(deps, request.params.id, request.body as ChangeBody),
  );
  app.post(
    "/v1/journeys/check",
    { config, schema: { body: c.checkBody, response: { 200: c.checkView } } },
    ({ body }) => checkDraft(deps, body.graph),
  );
  app.post(
    "/v1/journeys/:id/publish",
    { config, schema: { params: c.idParams, body: c.publishBody, response: view } },
    ({ params, body }) => publishJourney(deps, params.id, body?.inside),
  );
  app.post(
    "/v1/journeys/:id/enter",
    {
      config: { access: manage, idempotent: true },
      schema: { params: c.idParams, body: c.enterBody, response: { 200: c.enterView } },
    },
    ({ params, body }) => enterByHand(deps, live, params.id, body),
  );
  app.get(
    "/v1/journeys/:id/versions",
    { config, schema: { params: c.idParams, response: { 200: c.versionPage } } },
    ({ params }) => readVersions(deps, params.id),
  );
  app.get(
    "/v1/journeys/:id/versions/:version",
    { config, schema: { params: c.versionParams, response: { 200: c.versionGraphView } } },
    ({ params }) => readVersion(deps, params.id, params.version),
  );
  app.get(
    "/v1/journeys/:id/results",
    { config, schema: { params: c.idParams, response: { 200: c.resultsView } } },
    (request) => readResults(deps, request.params.id),
  );
  app.get(
    "/v1/journeys/:id/intakes",
    { config, schema: { params: c.idParams, querystring: pageQuery, response: { 200: c.intakePage } } },
    ({ params, query }) => readIntakes(deps, params.id, query),
  );
  app.post(
    "/v1/journeys/:id/intakes/:intake/cancel",
    { config, schema: { params: c.intakeParams, response: { 200: c.intakePage } } },
    ({ params }) => cancelIntakeOf(deps, params.id, params.intake),
  );
  app.post("/v1/journeys/:id/pause", { config, schema: { params: c.idParams, response: view } }, (request) =>
    pauseJourney(deps, request.params.id),
  );
  app.post("/v1/journeys/:id/resume", { config, schema: { params: c.idParams, response: view } }, (request) =>
    resumeJourney(deps, request.params.id),
  );
  app.post("/v1/journeys/:id/archive", { config, schema: { params: c.idParams, response: view } }, (request) =>
    archiveJourney(deps, request.params.id),
  );
  app.get(
    "/v1/journeys/:id/runs",
    { config, schema: { params: c.idParams, querystring: c.runQuery, response: { 200: c.runPage } } },
    (request) => readRuns(deps, request.params.id, request.query),
  );
  app.post(
    "/v1/journeys/call-secret/rotate",
    { config: { access: manage, idempotent: true }, schema: { response: { 200: c.callSecretView } } },
    () => rotateCallSecret(deps),
  );
  fileRoutes(app, deps);
}

/** Journeys as files, the library, and rehearsals. */
function fileRoutes(app: App, deps: WithKinds): void {
  const made = { access: manage, idempotent: true };
  app.post(
    "/v1/journeys/:id/rehearse",
    { config, schema: { params: c.idParams, body: c.rehearseBody, response: { 200: c.rehearsedView } } },
    ({ params, body }) => rehearseDraft(deps, params.id, body) as Promise<c.RehearsedView>,
  );
  app.get(
    "/v1/journeys/:id/file",
    { config, schema: { params: c.idParams, response: { 200: c.fileView } } },
    ({ params }) => exportJourney(deps, params.id),
  );
  app.post(
    "/v1/journeys/import",
    { config: made, schema: { body: c.importBody, response: { 201: c.journeyView } } },
    async ({ body }, reply) => reply.code(201).send(await importJourney(deps, body)),
  );
  app.get("/v1/journeys/library", { config, schema: { response: { 200: c.libraryView } } }, () => readLibrary());
  app.post(
    "/v1/journeys/library/:key",
    { config: made, schema: { params: c.libraryParams, body: c.takeBody, response: { 201: c.journeyView } } },
    async ({ params, body }, reply) => reply.code(201).send(await takeFromLibrary(deps, params.key, body?.name)),
  );
}
