import { z } from "zod";

import type { App } from "../platform/http.ts";
import { manage, type Principal } from "../platform/principal.ts";
import { reachSettings, reachSettingsView, reachView } from "./contracts.ts";
import type { ReachDeps } from "./deps.ts";
import { changeSettings, showSettings } from "./reach-settings.ts";
import { readReach } from "./read-reach.ts";

const config = { access: manage };
const ref = z.object({ ref: z.string().min(1).max(600) });

export function reachRoutes(app: App, deps: ReachDeps): void {
  app.get("/v1/profiles/:ref/reach", { config, schema: { params: ref, response: { 200: reachView } } }, ({ params }) =>
    readReach(deps, params.ref),
  );
  app.get("/v1/reach-settings", { config, schema: { response: { 200: reachSettingsView } } }, () =>
    showSettings(deps.db),
  );
  app.put(
    "/v1/reach-settings",
    { config, schema: { body: reachSettings, response: { 200: reachSettingsView } } },
    ({ body, principal }) => changeSettings(deps, body, nameOf(principal)),
  );
}

function nameOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.name : "API";
}
