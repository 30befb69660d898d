import { z } from "zod";

import type { App } from "../platform/http.ts";
import { device, manage } from "../platform/principal.ts";
import { addRule, type RuleDeps, removeRule } from "./change-rules.ts";
import { decideBody, decided, rule, ruleBody, rulePage } from "./contracts.ts";
import { type DecideDeps, decide } from "./decide.ts";
import { loadRules } from "./queries/rules.pg.ts";
import { readVisitor } from "./read-visitor.ts";

export function decisionRoutes(app: App, deps: DecideDeps & RuleDeps): void {
  app.route({
    method: "POST",
    url: "/v1/decide",
    config: { access: device },
    schema: { body: decideBody, response: { 200: decided } },
    handler: (request) => decide(deps, readVisitor(request.principal, request.body), request.body),
  });
  app.route({
    method: "GET",
    url: "/v1/decisions/rules",
    config: { access: manage },
    schema: { response: { 200: rulePage } },
    handler: async () => ({ items: await loadRules(deps.db, null), next: null }),
  });
  app.route({
    method: "POST",
    url: "/v1/decisions/rules",
    config: { access: manage, idempotent: true },
    schema: { body: ruleBody, response: { 201: rule } },
    handler: async (request, reply) => reply.code(201).send(await addRule(deps, request.body)),
  });
  app.route({
    method: "DELETE",
    url: "/v1/decisions/rules/:id",
    config: { access: manage },
    schema: { params: z.object({ id: z.uuid() }), response: { 204: z.null() } },
    handler: async (request, reply) => {
      await removeRule(deps, request.params.id);
      return reply.code(204).send(null);
    },
  });
}
