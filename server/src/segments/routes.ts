import { z } from "zod";

import type { Bus } from "../platform/bus.ts";
import { whenGone } from "../platform/gone.ts";
import type { App } from "../platform/http.ts";
import { pageQuery } from "../platform/pages.ts";
import { manage } from "../platform/principal.ts";
import { archiveSegment } from "./archive-segment.ts";
import {
  createSegmentBody,
  memberPage,
  previewBody,
  previewView,
  segmentPage,
  segmentView,
  updateSegmentBody,
  writtenSegmentView,
} from "./contracts.ts";
import { createSegment, updateSegment } from "./create-segment.ts";
import { SharedCounts } from "./preview/shared-counts.ts";
import { type PreviewDeps, previewSegment } from "./preview-segment.ts";
import { readMembers, readSegment, readSegments } from "./read-segments.ts";
import { vocabularyRoutes } from "./vocabulary/routes.ts";
import { type SurveyDeps, Surveys } from "./vocabulary/surveys.ts";
import { warningsOf } from "./warnings/warnings-of.ts";

export type SegmentRouteDeps = PreviewDeps & SurveyDeps & { readonly bus: Bus };

const byId = z.object({ id: z.uuid() });
const config = { access: manage };
const creates = { access: manage, idempotent: true };

export function segmentRoutes(app: App, deps: SegmentRouteDeps): void {
  const { db, bus } = deps;
  const surveys = new Surveys(deps);
  const readWritten = async (id: string) => {
    const segment = await readSegment(db, id);
    return { ...segment, warnings: await warningsOf({ ...deps, surveys }, segment.definition) };
  };
  app.route({
    method: "GET",
    url: "/v1/segments",
    config,
    schema: { querystring: pageQuery, response: { 200: segmentPage } },
    handler: (request) => readSegments(db, request.query),
  });
  app.route({
    method: "POST",
    url: "/v1/segments",
    config: creates,
    schema: { body: createSegmentBody, response: { 201: writtenSegmentView } },
    handler: async (request, reply) => {
      const id = await createSegment(deps, request.body);
      bus.changed("segment", id, ["definition"]);
      return reply.code(201).send(await readWritten(id));
    },
  });
  const counts = new SharedCounts(deps.clock);
  vocabularyRoutes(app, deps.history, surveys);
  app.route({
    method: "POST",
    url: "/v1/segments/preview",
    config,
    schema: { body: previewBody, response: { 200: previewView } },
    handler: async ({ body }, reply) => ({
      ...(await previewSegment(deps, counts, body, whenGone(reply))),
      warnings: await warningsOf({ ...deps, surveys }, body.definition),
    }),
  });
  app.route({
    method: "GET",
    url: "/v1/segments/:id",
    config,
    schema: { params: byId, response: { 200: segmentView } },
    handler: (request) => readSegment(db, request.params.id),
  });
  app.route({
    method: "PUT",
    url: "/v1/segments/:id",
    config,
    schema: { params: byId, body: updateSegmentBody, response: { 200: writtenSegmentView } },
    handler: async (request) => {
      await updateSegment(deps, request.params.id, request.body);
      bus.changed("segment", request.params.id, ["definition"]);
      return await readWritten(request.params.id);
    },
  });
  app.route({
    method: "DELETE",
    url: "/v1/segments/:id",
    config,
    schema: { params: byId, response: { 204: z.null() } },
    handler: async (request, reply) => {
      await archiveSegment(deps, request.params.id);
      bus.changed("segment", request.params.id, ["state"]);
      return reply.code(204).send(null);
    },
  });
  app.route({
    method: "GET",
    url: "/v1/segments/:id/members",
    config,
    schema: { params: byId, querystring: pageQuery, response: { 200: memberPage } },
    handler: (request) => readMembers(db, deps.loadProfiles, request.params.id, request.query),
  });
}
