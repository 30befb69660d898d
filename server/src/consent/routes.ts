import { z } from "zod";

import type { App } from "../platform/http.ts";
import { decodeCursor, pageOf, pageQuery, toPage } from "../platform/pages.ts";
import { manage, type Principal } from "../platform/principal.ts";
import { requireProfile } from "../profiles/index.ts";
import * as c from "./contracts.ts";
import type { ConsentDeps } from "./deps.ts";
import { requestConsent } from "./opt-in/request-consent.ts";
import { preferencesUrl } from "./pages/preference-link.ts";
import { listChoices } from "./queries/choices.pg.ts";
import { listTopics } from "./queries/topics.pg.ts";
import { changeSendingRules, showSendingRules } from "./sending-rules.ts";
import { changeTopic } from "./topics.ts";

const config = { access: manage };
const ref = z.object({ ref: z.string().min(1).max(600) });

export function consentRoutes(app: App, deps: ConsentDeps): void {
  app.get("/v1/sending-rules", { config, schema: { response: { 200: c.sendingRulesView } } }, () =>
    showSendingRules(deps.db),
  );
  app.put(
    "/v1/sending-rules",
    { config, schema: { body: c.sendingRules, response: { 200: c.sendingRulesView } } },
    ({ body, principal }) => changeSendingRules(deps, body, nameOf(principal)),
  );
  app.get("/v1/topics", { config, schema: { response: { 200: pageOf(c.topicView) } } }, async () => ({
    items: await listTopics(deps.db, true),
    next: null,
  }));
  app.put(
    "/v1/topics/:key",
    { config, schema: { params: c.topicParams, body: c.topicBody, response: { 200: c.topicView } } },
    ({ params, body }) => changeTopic(deps, params.key, body),
  );
  app.get(
    "/v1/profiles/:ref/consent",
    { config, schema: { params: ref, querystring: pageQuery, response: { 200: pageOf(c.choiceView) } } },
    async ({ params, query }) => {
      const before = decodeCursor(query.after, 2) as [string, string] | null;
      const found = await listChoices(deps.db, await requireProfile(deps.db, params.ref), before, query.limit + 1);
      return toPage(found, query.limit, ({ at, key }) => [at, key]);
    },
  );
  app.get(
    "/v1/profiles/:ref/preferences-link",
    { config, schema: { params: ref, response: { 200: c.preferencesLink } } },
    async ({ params }) => {
      const { url, expiresAt } = preferencesUrl(deps, await requireProfile(deps.db, params.ref));
      return { url, expires_at: expiresAt.toString({ smallestUnit: "millisecond" }) };
    },
  );
  app.post(
    "/v1/consent/requests",
    {
      config: { access: ["write", "shopper", ...manage] },
      schema: { body: c.requestBody, response: { 202: z.object({ accepted: z.literal(true) }) } },
    },
    async ({ body }, reply) => {
      await requestConsent(deps, body);
      return reply.code(202).send({ accepted: true as const });
    },
  );
}

function nameOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.name : "API";
}
