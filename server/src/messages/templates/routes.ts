import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { pageQuery } from "../../platform/pages.ts";
import { actorOf, manage, type Principal } from "../../platform/principal.ts";
import * as c from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { readTemplates } from "../read-messages.ts";
import { type CheckDeps, checkTemplate, refuseErrors } from "./check-template.ts";
import { dropDraft, readDraft, saveDraft } from "./drafts.ts";
import { readGallery } from "./gallery.ts";
import { duplicateTemplate, setArchived } from "./keep-templates.ts";
import { type PreviewDeps, previewTemplate } from "./preview-template.ts";
import { changeTemplate, createTemplate, readTemplate } from "./save-template.ts";
import { sendTest } from "./send-test.ts";
import { spellVariables } from "./spell-variables.ts";
import { readVersion, readVersions, restoreVersion } from "./versions.ts";

const config = { access: manage };
const creates = { access: manage, idempotent: true };
const params = c.idParams;
const done = z.object({ done: z.literal(true) });

export function templateRoutes(app: App, deps: MessagesDeps & PreviewDeps & CheckDeps): void {
  app.get(
    "/v1/templates",
    { config, schema: { querystring: c.templateQuery, response: { 200: c.templatePage } } },
    (request) => readTemplates(deps, request.query),
  );
  app.post(
    "/v1/templates",
    { config: creates, schema: { body: c.templateBody, response: { 201: c.templateView } } },
    async (request, reply) => {
      await refuseErrors(deps, request.body);
      return reply.code(201).send(await createTemplate(deps, request.body, actorOf(request.principal)));
    },
  );
  app.get(
    "/v1/templates/variables",
    { config, schema: { querystring: c.variablesQuery, response: { 200: c.variablesView } } },
    (request) => spellVariables(deps, request.query.language),
  );
  app.get(
    "/v1/templates/gallery",
    { config, schema: { querystring: c.galleryQuery, response: { 200: c.galleryView } } },
    async (request) => readGallery(request.query),
  );
  app.get("/v1/templates/:id", { config, schema: { params, response: { 200: c.templateView } } }, (request) =>
    readTemplate(deps, request.params.id),
  );
  app.put(
    "/v1/templates/:id",
    { config, schema: { params, querystring: c.changeQuery, body: c.templateBody, response: { 200: c.templateView } } },
    async (request) => {
      await refuseErrors(deps, request.body);
      return await changeTemplate(deps, request.params.id, request.body, {
        author: actorOf(request.principal),
        base: request.query.base,
      });
    },
  );
  for (const verb of ["archive", "unarchive"] as const)
    app.post(
      `/v1/templates/:id/${verb}`,
      { config, schema: { params, response: { 200: c.templateView } } },
      (request) => setArchived(deps, request.params.id, verb === "archive"),
    );
  app.post(
    "/v1/templates/:id/duplicate",
    { config: creates, schema: { params, body: c.duplicateBody, response: { 201: c.templateView } } },
    async (request, reply) =>
      reply
        .code(201)
        .send(await duplicateTemplate(deps, request.params.id, request.body.name, actorOf(request.principal))),
  );
  app.post(
    "/v1/templates/:id/preview",
    { config, schema: { params, body: c.previewBody, response: { 200: c.previewView } } },
    (request) => previewTemplate(deps, request.params.id, request.body),
  );
  app.post(
    "/v1/templates/:id/check",
    { config, schema: { params, body: c.checkBody, response: { 200: c.checkView } } },
    (request) => checkTemplate(deps, request.params.id, request.body),
  );
  app.post(
    "/v1/templates/:id/test",
    { config: creates, schema: { params, body: c.testBody, response: { 202: c.testView } } },
    async (request, reply) =>
      reply.code(202).send(await sendTest(deps, request.params.id, request.body, addressOfCaller(request.principal))),
  );
  app.get("/v1/templates/:id/draft", { config, schema: { params, response: { 200: c.draftView } } }, (request) =>
    readDraft(deps, request.params.id),
  );
  app.put(
    "/v1/templates/:id/draft",
    { config, schema: { params, body: c.draftBody, response: { 200: c.draftView } } },
    (request) => saveDraft(deps, request.params.id, request.body, actorOf(request.principal)),
  );
  app.delete("/v1/templates/:id/draft", { config, schema: { params, response: { 200: done } } }, (request) =>
    dropDraft(deps, request.params.id),
  );
  app.get(
    "/v1/templates/:id/versions",
    { config, schema: { params, querystring: pageQuery, response: { 200: c.versionPage } } },
    (request) => readVersions(deps, request.params.id, request.query),
  );
  app.get(
    "/v1/templates/:id/versions/:version",
    { config, schema: { params: c.versionParams, response: { 200: c.versionView } } },
    (request) => readVersion(deps, request.params.id, request.params.version),
  );
  app.post(
    "/v1/templates/:id/versions/:version/restore",
    { config: creates, schema: { params: c.versionParams, response: { 200: c.templateView } } },
    (request) => restoreVersion(deps, request.params.id, request.params.version, actorOf(request.principal)),
  );
}

function addressOfCaller(principal: Principal): string | null {
  return principal.kind === "staff" ? principal.email : null;
}
