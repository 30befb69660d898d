import type { FastifyRequest } from "fastify";
import { z } from "zod";

import type { App } from "../platform/http.ts";
import { pageQuery } from "../platform/pages.ts";
import { manage } from "../platform/principal.ts";
import { changeEmailChannel, showEmailChannel } from "./channel-settings.ts";
import * as c from "./contracts.ts";
import type { MessagesDeps } from "./deps.ts";
import { liftSuppression, suppressAll } from "./queries/suppressions.pg.ts";
import { readMail, readMailbox, readMessage, readMessages, readSuppressions } from "./read-messages.ts";
import { requestMessage } from "./request-message.ts";
import { resendMessage } from "./sending/resend.ts";

const config = { access: manage };
const creates = { access: manage, idempotent: true };
const done = z.object({ done: z.literal(true) });

export function messageRoutes(app: App, deps: MessagesDeps): void {
  app.post(
    "/v1/messages",
    { config: creates, schema: { body: c.sendBody, response: { 202: c.sendView } } },
    async (request, reply) => reply.code(202).send(await requestMessage(deps, request.body, idempotencyKeyOf(request))),
  );
  app.get(
    "/v1/messages",
    { config, schema: { querystring: c.messageQuery, response: { 200: c.messagePage } } },
    (request) => readMessages(deps, request.query),
  );
  app.get("/v1/messages/:id", { config, schema: { params: c.idParams, response: { 200: c.messageView } } }, (request) =>
    readMessage(deps, request.params.id),
  );
  app.post(
    "/v1/messages/:id/resend",
    { config, schema: { params: c.idParams, response: { 200: c.messageView } } },
    (request) => resendMessage(deps, request.params.id),
  );
  app.get("/v1/mailbox", { config, schema: { querystring: pageQuery, response: { 200: c.mailPage } } }, (request) =>
    readMailbox(deps, request.query),
  );
  app.get("/v1/mailbox/:id", { config, schema: { params: c.idParams, response: { 200: c.mailView } } }, (request) =>
    readMail(deps, request.params.id),
  );
  app.get("/v1/channels/email", { config, schema: { response: { 200: c.emailChannelView } } }, () =>
    showEmailChannel(deps),
  );
  app.put(
    "/v1/channels/email",
    { config, schema: { body: c.emailChannelBody, response: { 200: c.emailChannelView } } },
    (request) => changeEmailChannel(deps, request.body),
  );
  app.get(
    "/v1/suppressions",
    { config, schema: { querystring: c.suppressionQuery, response: { 200: c.suppressionPage } } },
    (request) => readSuppressions(deps, request.query),
  );
  app.post(
    "/v1/suppressions",
    { config, schema: { body: c.suppressionBody, response: { 200: done } } },
    async (request) => {
      await suppressAll(deps.db, [request.body], "manual", deps.clock.now().toString());
      return { done: true as const };
    },
  );
  app.post(
    "/v1/suppressions/lift",
    { config, schema: { body: c.suppressionPlace, response: { 200: done } } },
    async (request) => {
      await liftSuppression(deps.db, deps.secrets, request.body);
      return { done: true as const };
    },
  );
}

/** Told apart by caller: two keys of an installation do not know of each other's. */
function idempotencyKeyOf({ headers, principal }: FastifyRequest): string | null {
  const key = headers["idempotency-key"];
  const caller = principal.kind === "staff" ? principal.userId : principal.kind === "secret" ? principal.keyId : "";
  return typeof key === "string" && key !== "" ? `${caller} ${key}` : null;
}
