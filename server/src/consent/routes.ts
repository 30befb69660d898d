import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { App } from "../platform/http.ts";
import { manage, type Principal } from "../platform/principal.ts";
import { sendingRules, sendingRulesView } from "./contracts.ts";
import { changeSendingRules, showSendingRules } from "./sending-rules.ts";

export interface ConsentDeps {
  readonly db: Db;
  readonly clock: Clock;
}

const config = { access: manage };

export function consentRoutes(app: App, deps: ConsentDeps): void {
  app.get("/v1/sending-rules", { config, schema: { response: { 200: sendingRulesView } } }, () =>
    showSendingRules(deps.db),
  );
  app.put(
    "/v1/sending-rules",
    { config, schema: { body: sendingRules, response: { 200: sendingRulesView } } },
    ({ body, principal }) => changeSendingRules(deps, body, nameOf(principal)),
  );
}

function nameOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.name : "API";
}
