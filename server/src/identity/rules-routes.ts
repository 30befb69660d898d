import type { App } from "../platform/http.ts";
import { manage, type Principal } from "../platform/principal.ts";
import { rulesAnswer, rulesBody } from "./contracts.ts";
import type { RuleBook } from "./rule-book.ts";

const managed = { access: manage };

export function rulesRoutes(app: App, book: RuleBook): void {
  app.get("/v1/identity/rules", { config: managed, schema: { response: { 200: rulesAnswer } } }, () => book.read());
  app.put(
    "/v1/identity/rules",
    { config: managed, schema: { body: rulesBody, response: { 200: rulesAnswer } } },
    ({ body, principal }) => book.change(body, nameOf(principal)),
  );
}

function nameOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.name : "API";
}
