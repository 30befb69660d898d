import { z } from "zod";

import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { App } from "../../platform/http.ts";
import { pageOf, pageQuery } from "../../platform/pages.ts";
import { manage, type Principal } from "../../platform/principal.ts";
import { duplicate } from "../contracts.ts";
import { decideDuplicate, readDuplicates } from "./read-duplicates.ts";

const managed = { access: manage };
const params = z.object({ id: z.uuid() });
const decided = z.object({ id: z.string(), state: z.enum(["open", "dismissed"]) });

export function duplicateRoutes(app: App, { db, clock }: { readonly db: Db; readonly clock: Clock }): void {
  app.get(
    "/v1/identity/duplicates",
    {
      config: managed,
      schema: {
        querystring: pageQuery.extend({ state: z.enum(["open", "dismissed"]).default("open") }),
        response: { 200: pageOf(duplicate) },
      },
    },
    ({ query }) => readDuplicates(db, query.state, query),
  );
  for (const [path, state] of [
    ["dismiss", "dismissed"],
    ["reopen", "open"],
  ] as const) {
    app.post(
      `/v1/identity/duplicates/:id/${path}`,
      { config: managed, schema: { params, response: { 200: decided } } },
      async ({ params, principal }) => {
        const by = { at: clock.now().toString(), name: nameOf(principal) };
        const { id } = await decideDuplicate(db, params.id, state, by);
        return { id, state };
      },
    );
  }
}

function nameOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.name : "API";
}
