import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { pageQuery } from "../../platform/pages.ts";
import { manage } from "../../platform/principal.ts";
import * as c from "./account-contracts.ts";
import type { Tools } from "./adapter.ts";
import {
  type AccountDeps,
  addAccount,
  changeAccount,
  checkAccount,
  deleteAccount,
  putChannel,
  readAccount,
  readAccounts,
  readChannel,
  readProviders,
} from "./manage-accounts.ts";
import { approvedTemplates, readApprovedTemplates } from "./whatsapp-templates.ts";

const config = { access: manage };
const done = z.object({ done: z.literal(true) });

/** Accounts at providers: secrets go in and never come out. */
export function channelRoutes(app: App, deps: AccountDeps, tools: Tools): void {
  app.get("/v1/channels/providers", { config, schema: { response: { 200: c.providerList } } }, () => readProviders());
  app.get(
    "/v1/channels/accounts",
    { config, schema: { querystring: pageQuery, response: { 200: c.accountPage } } },
    (request) => readAccounts(deps, request.query),
  );
  app.post(
    "/v1/channels/accounts",
    { config: { access: manage, idempotent: true }, schema: { body: c.accountBody, response: { 201: c.accountView } } },
    async (request, reply) => reply.code(201).send(await addAccount(deps, request.body)),
  );
  app.get(
    "/v1/channels/accounts/:id",
    { config, schema: { params: c.accountParams, response: { 200: c.accountView } } },
    (request) => readAccount(deps, request.params.id),
  );
  app.put(
    "/v1/channels/accounts/:id",
    { config, schema: { params: c.accountParams, body: c.accountBody, response: { 200: c.accountView } } },
    (request) => changeAccount(deps, request.params.id, request.body),
  );
  app.delete(
    "/v1/channels/accounts/:id",
    { config, schema: { params: c.accountParams, response: { 200: done } } },
    async (request) => {
      await deleteAccount(deps, request.params.id);
      return { done: true as const };
    },
  );
  app.post(
    "/v1/channels/accounts/:id/check",
    { config, schema: { params: c.accountParams, response: { 200: c.accountCheck } } },
    (request) => checkAccount(deps, tools, request.params.id),
  );
  app.get("/v1/channels/whatsapp/templates", { config, schema: { response: { 200: approvedTemplates } } }, () =>
    readApprovedTemplates(deps, tools),
  );
  app.get(
    "/v1/channels/:channel",
    { config, schema: { params: c.channelParams, response: { 200: c.accountView } } },
    (request) => readChannel(deps, request.params.channel),
  );
  app.put(
    "/v1/channels/:channel",
    { config, schema: { params: c.channelParams, body: c.channelBody, response: { 200: c.accountView } } },
    (request) => putChannel(deps, request.params.channel, request.body),
  );
}
