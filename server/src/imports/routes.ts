import { Readable } from "node:stream";

import type { FastifyRequest } from "fastify";
import type { App } from "../platform/http.ts";
import { manage } from "../platform/principal.ts";
import { cancelImport, resumeImport } from "./change-import.ts";
import * as c from "./contracts.ts";
import { createImport } from "./create-import.ts";
import type { ImportsDeps } from "./deps.ts";
import { beginUpload, type Chunk, readUpload, receiveChunk } from "./files/upload-file.ts";
import { previewFile } from "./preview-file.ts";
import { readImport, readImports, writeErrors } from "./read-imports.ts";

const config = { access: manage };
const creates = { access: manage, idempotent: true };

export function importRoutes(app: App, deps: ImportsDeps): void {
  app.post(
    "/v1/imports/files",
    { config: creates, schema: { body: c.uploadBody, response: { 201: c.uploadView } } },
    async (request, reply) => reply.code(201).send(await beginUpload(deps, request.body)),
  );
  app.get(
    "/v1/imports/files/:id",
    { config, schema: { params: c.idParams, response: { 200: c.uploadView } } },
    (request) => readUpload(deps, request.params.id),
  );
  app.register(async (scope) => {
    // Chunks are written to the disk as they come.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    (scope as App).put(
      "/v1/imports/files/:id",
      { config, schema: { params: c.idParams, querystring: c.chunkQuery, response: { 200: c.uploadView } } },
      (request) => receiveChunk(deps, request.params.id, chunkOf(request, request.query.offset)),
    );
  });
  app.post(
    "/v1/imports/preview",
    { config, schema: { body: c.previewBody, response: { 200: c.previewView } } },
    (request) => previewFile(deps, request.body),
  );
  app.post(
    "/v1/imports",
    { config: creates, schema: { body: c.importBody, response: { 201: c.importDetail } } },
    async (request, reply) => reply.code(201).send(await createImport(deps, request.body)),
  );
  app.get(
    "/v1/imports",
    { config, schema: { querystring: c.importQuery, response: { 200: c.importPage } } },
    (request) => readImports(deps, request.query),
  );
  app.get("/v1/imports/:id", { config, schema: { params: c.idParams, response: { 200: c.importDetail } } }, (request) =>
    readImport(deps, request.params.id),
  );
  app.post(
    "/v1/imports/:id/cancel",
    { config, schema: { params: c.idParams, response: { 200: c.importDetail } } },
    (request) => cancelImport(deps, request.params.id),
  );
  app.post(
    "/v1/imports/:id/resume",
    { config, schema: { params: c.idParams, response: { 200: c.importDetail } } },
    (request) => resumeImport(deps, request.params.id),
  );
  app.get("/v1/imports/:id/errors", { config, schema: { params: c.idParams } }, async (request, reply) => {
    const { id } = await readImport(deps, request.params.id);
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="import-errors-${id}.csv"`)
      .send(Readable.from(writeErrors(deps, id)));
  });
}

function chunkOf({ body, headers }: FastifyRequest, offset: number): Chunk {
  const length = headers["content-length"];
  const digest = /sha-256=:([A-Za-z0-9+/=]+):/.exec(String(headers["content-digest"] ?? ""));
  return {
    offset,
    bytes: body as AsyncIterable<Uint8Array>,
    length: length === undefined ? null : Number(length),
    sha256: digest?.[1] ?? null,
  };
}
