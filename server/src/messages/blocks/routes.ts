import type { App } from "../../platform/http.ts";
import { pageQuery } from "../../platform/pages.ts";
import { actorOf, manage } from "../../platform/principal.ts";
import { idParams } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { changeQuery } from "../templates/contracts.ts";
import { blockBody, blockPage, blockUsePage, blockVersionPage, blockView } from "./contracts.ts";
import { changeBlock, createBlock, readBlock, readBlocks, readBlockUses, readBlockVersions } from "./save-block.ts";

const config = { access: manage };
const creates = { access: manage, idempotent: true };

export function blockRoutes(app: App, deps: MessagesDeps): void {
  app.get("/v1/blocks", { config, schema: { querystring: pageQuery, response: { 200: blockPage } } }, (request) =>
    readBlocks(deps, request.query),
  );
  app.post(
    "/v1/blocks",
    { config: creates, schema: { body: blockBody, response: { 201: blockView } } },
    async (request, reply) => reply.code(201).send(await createBlock(deps, request.body, actorOf(request.principal))),
  );
  app.get("/v1/blocks/:id", { config, schema: { params: idParams, response: { 200: blockView } } }, (request) =>
    readBlock(deps, request.params.id),
  );
  app.put(
    "/v1/blocks/:id",
    { config, schema: { params: idParams, querystring: changeQuery, body: blockBody, response: { 200: blockView } } },
    (request) =>
      changeBlock(deps, request.params.id, request.body, {
        author: actorOf(request.principal),
        base: request.query.base,
      }),
  );
  app.get(
    "/v1/blocks/:id/versions",
    { config, schema: { params: idParams, querystring: pageQuery, response: { 200: blockVersionPage } } },
    (request) => readBlockVersions(deps, request.params.id, request.query),
  );
  app.get(
    "/v1/blocks/:id/uses",
    { config, schema: { params: idParams, querystring: pageQuery, response: { 200: blockUsePage } } },
    (request) => readBlockUses(deps, request.params.id, request.query),
  );
}
