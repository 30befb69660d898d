import { Readable } from "node:stream";

import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { pageQuery } from "../../platform/pages.ts";
import { manage } from "../../platform/principal.ts";
import { changeList, changeListName, createList, readList, removeList } from "../change-list.ts";
import * as c from "../contracts.ts";
import { actorOf } from "../jobs/actor-of.ts";
import type { JobDeps } from "../jobs/job-deps.ts";
import { previewUpload } from "./preview-upload.ts";
import { readListMembers, readLists } from "./read-lists.ts";
import { cancelUpload, createUpload, openUnmatched, readUpload, readUploads, resumeUpload } from "./uploads.ts";

const config = { access: manage };
const creates = { access: manage, idempotent: true };
const byId = z.object({ id: z.uuid() });

/** Lists that people are put on by hand or by file. */
export function listRoutes(app: App, deps: JobDeps): void {
  const { db, bus } = deps;
  const told = <T>(id: string, view: T): T => {
    bus.changed("list", id, ["members"]);
    bus.wake("timers");
    return view;
  };
  app.get("/v1/lists", { config, schema: { querystring: pageQuery, response: { 200: c.listPage } } }, ({ query }) =>
    readLists(db, query),
  );
  app.post(
    "/v1/lists",
    { config: creates, schema: { body: c.createListBody, response: { 201: c.listView } } },
    async ({ body }, reply) => reply.code(201).send(await createList(deps, body.name)),
  );
  app.get("/v1/lists/:id", { config, schema: { params: byId, response: { 200: c.listView } } }, ({ params }) =>
    readList(db, params.id),
  );
  app.put(
    "/v1/lists/:id",
    { config, schema: { params: byId, body: c.createListBody, response: { 200: c.listView } } },
    async ({ params, body }) => told(params.id, await changeListName(deps, params.id, body.name)),
  );
  app.delete(
    "/v1/lists/:id",
    { config, schema: { params: byId, response: { 204: z.null() } } },
    async ({ params }, reply) => {
      await removeList(deps, params.id);
      return reply.code(204).send(told(params.id, null));
    },
  );
  app.get(
    "/v1/lists/:id/members",
    { config, schema: { params: byId, querystring: pageQuery, response: { 200: c.listedPage } } },
    ({ params, query }) => readListMembers(deps, params.id, query),
  );
  app.post(
    "/v1/lists/:id/members",
    { config: creates, schema: { params: byId, body: c.listMembersBody, response: { 200: c.listView } } },
    async ({ params, body }) => told(params.id, await changeList(deps, params.id, body)),
  );
  uploadRoutes(app, deps);
}

function uploadRoutes(app: App, deps: JobDeps): void {
  const one = { params: byId, response: { 200: c.listUploadView } };
  app.post(
    "/v1/list-uploads/preview",
    { config, schema: { body: c.previewListBody, response: { 200: c.previewListView } } },
    ({ body }) => previewUpload(deps, body),
  );
  app.post(
    "/v1/lists/:id/uploads",
    { config: creates, schema: { params: byId, body: c.uploadListBody, response: { 201: c.listUploadView } } },
    async ({ params, body, principal }, reply) =>
      reply.code(201).send(await createUpload(deps, params.id, body, actorOf(principal))),
  );
  app.get(
    "/v1/lists/:id/uploads",
    { config, schema: { params: byId, querystring: pageQuery, response: { 200: c.listUploadPage } } },
    ({ params, query }) => readUploads(deps.db, params.id, query),
  );
  app.get("/v1/list-uploads/:id", { config, schema: one }, ({ params }) => readUpload(deps.db, params.id));
  app.post("/v1/list-uploads/:id/cancel", { config, schema: one }, ({ params }) => cancelUpload(deps, params.id));
  app.post("/v1/list-uploads/:id/resume", { config, schema: one }, ({ params }) => resumeUpload(deps, params.id));
  app.get("/v1/list-uploads/:id/unmatched", { config, schema: { params: byId } }, async ({ params }, reply) => {
    const lines = await openUnmatched(deps, params.id);
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="unmatched-${params.id}.csv"`)
      .send(Readable.from(lines));
  });
}
