import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { App } from "../platform/http.ts";
import { manage, type Principal } from "../platform/principal.ts";
import * as c from "./contracts.ts";
import { evaluate } from "./evaluate.ts";
import { loadHoldout, saveHoldout } from "./queries/holdout.pg.ts";
import { peopleNeeded } from "./stats/proportions.ts";

export interface ExperimentsDeps {
  readonly db: Db;
  readonly clock: Clock;
}

const config = { access: manage };

export function experimentRoutes(app: App, deps: ExperimentsDeps): void {
  app.post(
    "/v1/experiments/evaluate",
    { config, schema: { body: c.evaluateBody, response: { 200: c.evaluation } } },
    async ({ body }) => evaluate(body),
  );
  app.post(
    "/v1/experiments/plan",
    { config, schema: { body: c.plan, response: { 200: c.planView } } },
    async ({ body: { rate, relative, power, confidence } }) => ({
      people_per_arm: peopleNeeded(rate, relative, power, 1 - confidence),
    }),
  );
  app.get("/v1/experiments/holdout", { config, schema: { response: { 200: c.holdoutView } } }, () => showHoldout(deps));
  app.put(
    "/v1/experiments/holdout",
    { config, schema: { body: c.holdoutBody, response: { 200: c.holdoutView } } },
    async ({ body, principal }) => {
      const since = deps.clock.now().toString();
      await saveHoldout(deps.db, { share: body.share, since, changed_by: nameOf(principal) });
      return showHoldout(deps);
    },
  );
}

async function showHoldout({ db }: ExperimentsDeps) {
  return (await loadHoldout(db)) ?? { share: 0, since: null, changed_by: null };
}

function nameOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.name : "API";
}
