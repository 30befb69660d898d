import { Readable } from "node:stream";

import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { pageQuery } from "../../platform/pages.ts";
import { manage } from "../../platform/principal.ts";
import * as c from "../contracts.ts";
import { actorOf } from "../jobs/actor-of.ts";
import type { JobDeps } from "../jobs/job-deps.ts";
import { cancelExport, createExport, openExport, readExport, readExports, resumeExport } from "./exports.ts";

const config = { access: manage };
const byId = z.object({ id: z.uuid() });

/** A segment's people as a file. */
export function exportRoutes(app: App, deps: JobDeps): void {
  const one = { params: byId, response: { 200: c.exportView } };
  app.post(
    "/v1/segments/:id/exports",
    {
      config: { access: manage, idempotent: true },
      schema: { params: byId, body: c.exportBody, response: { 201: c.exportView } },
    },
    async ({ params, body, principal }, reply) =>
      reply.code(201).send(await createExport(deps, params.id, body, actorOf(principal))),
  );
  app.get(
    "/v1/segments/:id/exports",
    { config, schema: { params: byId, querystring: pageQuery, response: { 200: c.exportPage } } },
    ({ params, query }) => readExports(deps.db, params.id, query),
  );
  app.get("/v1/exports/:id", { config, schema: one }, ({ params }) => readExport(deps.db, params.id));
  app.post("/v1/exports/:id/cancel", { config, schema: one }, ({ params }) => cancelExport(deps, params.id));
  app.post("/v1/exports/:id/resume", { config, schema: one }, ({ params }) => resumeExport(deps, params.id));
  app.get("/v1/exports/:id/file", { config, schema: { params: byId } }, async ({ params }, reply) => {
    const lines = await openExport(deps, params.id);
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="segment-${params.id}.csv"`)
      .header("cache-control", "no-store")
      .send(Readable.from(lines));
  });
}
