import { Readable } from "node:stream";

import { z } from "zod";

import type { App } from "../platform/http.ts";
import { pageQuery } from "../platform/pages.ts";
import { manage } from "../platform/principal.ts";
import * as c from "./contracts.ts";
import type { PrivacyDeps } from "./deps.ts";
import { exportPerson } from "./export-person.ts";
import { readErasure, readErasures } from "./read-erasures.ts";
import { nameOf, requestErasure } from "./request-erasure.ts";
import { changeRetention, previewRetention, readRetention, readRuns } from "./retention/retention.ts";
import { liftSuppressed, listSuppressed, lookUpSuppressed } from "./suppressed-people.ts";

const config = { access: manage };
const params = z.object({ ref: z.string().min(1).max(600) });
const idParams = z.object({ id: z.uuid() });
const suppress = z.enum(["true", "false"]).default("false");

export function privacyRoutes(app: App, deps: PrivacyDeps): void {
  app.delete(
    "/v1/profiles/:ref",
    { config, schema: { params, querystring: z.object({ suppress }), response: { 202: c.receipt } } },
    async ({ params, query, principal }, reply) => {
      const request = { ref: params.ref, suppress: query.suppress === "true", by: nameOf(principal) };
      return reply.code(202).send(await requestErasure(deps, request));
    },
  );
  app.get("/v1/profiles/:ref/export", { config, schema: { params } }, async ({ params }, reply) => {
    const pieces = await exportPerson(deps, params.ref);
    return reply
      .header("content-type", "application/json; charset=utf-8")
      .header("content-disposition", 'attachment; filename="person.json"')
      .send(Readable.from(pieces));
  });
  app.get(
    "/v1/erasures",
    { config, schema: { querystring: pageQuery, response: { 200: c.receiptPage } } },
    ({ query }) => readErasures(deps, query),
  );
  app.get("/v1/erasures/:id", { config, schema: { params: idParams, response: { 200: c.receipt } } }, ({ params }) =>
    readErasure(deps, params.id),
  );
  app.get(
    "/v1/suppressed-people",
    { config, schema: { querystring: pageQuery, response: { 200: c.suppressedPage } } },
    ({ query }) => listSuppressed(deps, query),
  );
  app.post(
    "/v1/suppressed-people/lookup",
    { config, schema: { body: c.identifierBody, response: { 200: c.lookupAnswer } } },
    ({ body }) => lookUpSuppressed(deps, body),
  );
  app.delete(
    "/v1/suppressed-people/:id",
    { config, schema: { params: idParams, response: { 200: z.object({ lifted: z.number() }) } } },
    ({ params }) => liftSuppressed(deps, params.id),
  );
  app.get("/v1/retention", { config, schema: { response: { 200: c.retentionView } } }, () => readRetention(deps));
  app.put(
    "/v1/retention",
    { config, schema: { body: c.retentionBody, response: { 200: c.retentionView } } },
    ({ body }) => changeRetention(deps, body),
  );
  app.post(
    "/v1/retention/preview",
    { config, schema: { body: c.retentionBody, response: { 200: c.retentionPreview } } },
    ({ body }) => previewRetention(deps, body),
  );
  app.get(
    "/v1/retention/runs",
    { config, schema: { querystring: pageQuery, response: { 200: c.retentionRuns } } },
    ({ query }) => readRuns(deps, query),
  );
}
