import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { pageQuery } from "../../platform/pages.ts";
import { manage } from "../../platform/principal.ts";
import type { AuditDeps } from "./audit-deps.ts";
import { cancelAudit, resumeAudit, startAudit } from "./change-audit.ts";
import { readAudit, readAudits, readDifferences } from "./read-audits.ts";
import { auditDifferencePage, auditPage, auditView, startAuditBody } from "./shapes.ts";

const params = z.object({ id: z.uuid() });
const querystring = pageQuery.extend({ segment_id: z.uuid().optional() });
const config = { access: manage };
const creates = { access: manage, idempotent: true };
const answersAudit = { params, response: { 200: auditView } };

export function auditRoutes(app: App, deps: Pick<AuditDeps, "db" | "clock" | "bus" | "loadProfiles">): void {
  app.post(
    "/v1/segments/audits",
    { config: creates, schema: { body: startAuditBody, response: { 201: auditView } } },
    async (request, reply) => reply.code(201).send(await startAudit(deps, request.body.segment_id ?? null)),
  );
  app.get("/v1/segments/audits", { config, schema: { querystring, response: { 200: auditPage } } }, (request) =>
    readAudits(deps.db, request.query),
  );
  app.get("/v1/segments/audits/:id", { config, schema: answersAudit }, (request) =>
    readAudit(deps.db, request.params.id),
  );
  app.post("/v1/segments/audits/:id/cancel", { config, schema: answersAudit }, (request) =>
    cancelAudit(deps, request.params.id),
  );
  app.post("/v1/segments/audits/:id/resume", { config, schema: answersAudit }, (request) =>
    resumeAudit(deps, request.params.id),
  );
  app.get(
    "/v1/segments/audits/:id/differences",
    { config, schema: { params, querystring, response: { 200: auditDifferencePage } } },
    (request) => readDifferences(deps, request.params.id, request.query),
  );
}
