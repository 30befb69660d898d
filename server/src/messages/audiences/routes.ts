import { Readable } from "node:stream";
import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { manage } from "../../platform/principal.ts";
import { accountCheck } from "../channels/account-contracts.ts";
import { adNetworkOf } from "../channels/adapters.ts";
import { idParams } from "../contracts.ts";
import { refuse } from "../errors.ts";
import * as c from "./contracts.ts";
import { loadAudience } from "./queries/audience-rows.pg.ts";
import { checkAudience, readAudience, readAudiences, readUploads } from "./read-audiences.ts";
import { changeName, createAudience, pauseAudience, removeAudience, resumeAudience } from "./save-audience.ts";
import type { AudienceDeps } from "./step-audience.ts";
import { writeFile } from "./write-file.ts";

const config = { access: manage };
const one = { config, schema: { params: idParams, response: { 200: c.adAudienceView } } };
const done = z.object({ done: z.literal(true) });

export function audienceRoutes(app: App, deps: AudienceDeps): void {
  app.get(
    "/v1/audiences",
    { config, schema: { querystring: c.adAudienceQuery, response: { 200: c.adAudiencePage } } },
    ({ query }) => readAudiences(deps, query),
  );
  app.post(
    "/v1/audiences",
    {
      config: { access: manage, idempotent: true },
      schema: { body: c.adAudienceBody, response: { 201: c.adAudienceView } },
    },
    async ({ body }, reply) => reply.code(201).send(await createAudience(deps, body)),
  );
  app.get("/v1/audiences/:id", one, ({ params }) => readAudience(deps, params.id));
  app.put(
    "/v1/audiences/:id",
    { config, schema: { params: idParams, body: c.renameBody, response: { 200: c.adAudienceView } } },
    ({ params, body }) => changeName(deps, params.id, body.name),
  );
  app.delete(
    "/v1/audiences/:id",
    { config, schema: { params: idParams, response: { 200: done } } },
    async ({ params }) => {
      await removeAudience(deps, params.id);
      return { done: true as const };
    },
  );
  app.post("/v1/audiences/:id/pause", one, ({ params }) => pauseAudience(deps, params.id));
  app.post("/v1/audiences/:id/resume", one, ({ params }) => resumeAudience(deps, params.id));
  app.post(
    "/v1/audiences/:id/check",
    { config, schema: { params: idParams, response: { 200: accountCheck } } },
    ({ params }) => checkAudience(deps, params.id),
  );
  app.get(
    "/v1/audiences/:id/uploads",
    { config, schema: { params: idParams, querystring: c.adAudienceQuery, response: { 200: c.adUploadPage } } },
    ({ params, query }) => readUploads(deps, params.id, query),
  );
  app.get(
    "/v1/audiences/:id/file",
    { config, schema: { params: idParams, querystring: c.fileQuery } },
    async ({ params, query }, reply) => {
      const audience = await loadAudience(deps.db, params.id);
      const network = adNetworkOf(query.network);
      if (!audience || !network) throw refuse("ad_audience_not_found");
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="audience-${query.network}-${audience.id.slice(-6)}.csv"`)
        .header("cache-control", "private, no-store")
        .send(Readable.from(writeFile(deps, audience, network)));
    },
  );
}
