import type { App } from "../../platform/http.ts";
import { pageQuery } from "../../platform/pages.ts";
import { actorOf, manage } from "../../platform/principal.ts";
import type { MessagesDeps } from "../deps.ts";
import type { BrandBook } from "./brand-book.ts";
import { brandBody, brandVersionPage, brandView, departurePage } from "./contracts.ts";
import { readBrand, readBrandVersions, readDepartures, saveBrand } from "./save-brand.ts";

const config = { access: manage };

export function brandRoutes(app: App, deps: MessagesDeps & { readonly brands: BrandBook }): void {
  app.get("/v1/brand", { config, schema: { response: { 200: brandView } } }, () => readBrand(deps));
  app.put("/v1/brand", { config, schema: { body: brandBody, response: { 200: brandView } } }, (request) =>
    saveBrand(deps, request.body.version, request.body.kit, actorOf(request.principal)),
  );
  app.get(
    "/v1/brand/versions",
    { config, schema: { querystring: pageQuery, response: { 200: brandVersionPage } } },
    (request) => readBrandVersions(deps, request.query),
  );
  app.get(
    "/v1/brand/departures",
    { config, schema: { querystring: pageQuery, response: { 200: departurePage } } },
    (request) => readDepartures(deps, request.query),
  );
}
