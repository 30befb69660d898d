import type { App } from "../../platform/http.ts";
import { manage } from "../../platform/principal.ts";
import { readTemplates } from "./read-templates.ts";
import { templatePage } from "./shapes.ts";

export function templateRoutes(app: App, deps: Parameters<typeof readTemplates>[0]): void {
  app.route({
    method: "GET",
    url: "/v1/segments/templates",
    config: { access: manage },
    schema: { response: { 200: templatePage } },
    handler: () => readTemplates(deps),
  });
}
