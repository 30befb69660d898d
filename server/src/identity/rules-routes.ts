import { z } from "zod";

import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { App } from "../platform/http.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";
import { manage, type Principal } from "../platform/principal.ts";
import { alarmItem, rehearsalAnswer, rehearsalBody, rulesAnswer, rulesBody, warningItem } from "./contracts.ts";
import { rehearse } from "./rehearse.ts";
import type { RuleBook } from "./rule-book.ts";
import { endAlarm, type NamesOf, readAlarms, readWarnings } from "./watch.ts";

export interface RulesRouteDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly rules: RuleBook;
  readonly namesOf: NamesOf;
}

const managed = { access: manage };

export function rulesRoutes(app: App, deps: RulesRouteDeps): void {
  const { db, clock, rules, namesOf } = deps;
  app.get("/v1/identity/rules", { config: managed, schema: { response: { 200: rulesAnswer } } }, () => rules.read());
  app.put(
    "/v1/identity/rules",
    { config: managed, schema: { body: rulesBody, response: { 200: rulesAnswer } } },
    ({ body, principal }) => rules.change(body, nameOf(principal)),
  );
  app.post(
    "/v1/identity/rehearse",
    { config: managed, schema: { body: rehearsalBody, response: { 200: rehearsalAnswer } } },
    async ({ body }) => rehearse(clock, await rules.current(), body),
  );
  app.get(
    "/v1/identity/warnings",
    { config: managed, schema: { querystring: pageQuery, response: { 200: pageOf(warningItem) } } },
    ({ query }) => readWarnings(db, namesOf, query),
  );
  app.get("/v1/identity/alarms", { config: managed, schema: { response: { 200: pageOf(alarmItem) } } }, async () => ({
    items: await readAlarms(db, namesOf),
    next: null,
  }));
  app.post(
    "/v1/identity/alarms/:id/close",
    {
      config: managed,
      schema: { params: z.object({ id: z.uuid() }), response: { 200: z.object({ closed: z.literal(true) }) } },
    },
    async ({ params, principal }) => {
      await endAlarm(db, clock, params.id, nameOf(principal));
      return { closed: true as const };
    },
  );
}

function nameOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.name : "API";
}
