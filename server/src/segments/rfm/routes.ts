import type { App } from "../../platform/http.ts";
import { pageQuery } from "../../platform/pages.ts";
import { manage } from "../../platform/principal.ts";
import { type RfmDeps, readRfm, readVersions } from "./read-rfm.ts";
import { type RecomputeDeps, recompute } from "./recompute.ts";
import { rfmView, versionPage } from "./shapes.ts";

const config = { access: manage };

export function rfmRoutes(app: App, deps: RfmDeps & RecomputeDeps): void {
  app.route({
    method: "GET",
    url: "/v1/segments/rfm",
    config,
    schema: { response: { 200: rfmView } },
    handler: () => readRfm(deps),
  });
  app.route({
    method: "POST",
    url: "/v1/segments/rfm/recompute",
    config,
    schema: { response: { 200: rfmView } },
    handler: async () => {
      await recompute(deps);
      return await readRfm(deps);
    },
  });
  app.route({
    method: "GET",
    url: "/v1/segments/rfm/versions",
    config,
    schema: { querystring: pageQuery, response: { 200: versionPage } },
    handler: ({ query }) => readVersions(deps.db, query),
  });
}
