import { Readable } from "node:stream";

import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { pageQuery } from "../../platform/pages.ts";
import { manage } from "../../platform/principal.ts";
import * as c from "../contracts.ts";
import type { ImportDeps } from "./deps.ts";
import {
  cancelImport,
  createImport,
  readImportDetail,
  readImports,
  resumeImport,
  writeProblems,
} from "./manage-imports.ts";
import { previewImport } from "./preview.ts";

const byId = z.object({ id: z.uuid() });
const config = { access: manage };
const creates = { access: manage, idempotent: true };

export function productImportRoutes(app: App, deps: ImportDeps): void {
  app.post(
    "/v1/products/imports/preview",
    { config, schema: { body: c.productPreviewBody, response: { 200: c.productPreview } } },
    ({ body }) => previewImport(deps, body),
  );
  app.post(
    "/v1/products/imports",
    { config: creates, schema: { body: c.productImportBody, response: { 201: c.productImport } } },
    async ({ body }, reply) => reply.code(201).send(await createImport(deps, body)),
  );
  app.get(
    "/v1/products/imports",
    { config, schema: { querystring: pageQuery, response: { 200: c.productImportPage } } },
    ({ query }) => readImports(deps.db, query),
  );
  app.get(
    "/v1/products/imports/:id",
    { config, schema: { params: byId, response: { 200: c.productImportDetail } } },
    ({ params }) => readImportDetail(deps.db, params.id),
  );
  app.post(
    "/v1/products/imports/:id/cancel",
    { config, schema: { params: byId, response: { 200: c.productImport } } },
    ({ params }) => cancelImport(deps, params.id),
  );
  app.post(
    "/v1/products/imports/:id/resume",
    { config, schema: { params: byId, response: { 200: c.productImport } } },
    ({ params }) => resumeImport(deps, params.id),
  );
  app.get("/v1/products/imports/:id/problems.csv", { config, schema: { params: byId } }, async ({ params }, reply) => {
    await readImportDetail(deps.db, params.id);
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", 'attachment; filename="not-taken.csv"')
      .send(Readable.from(writeProblems(deps.db, params.id)));
  });
}
