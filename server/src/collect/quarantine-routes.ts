import { z } from "zod";

import type { Bus } from "../platform/bus.ts";
import type { Db } from "../platform/db.ts";
import { refuse } from "../platform/errors.ts";
import type { App } from "../platform/http.ts";
import { pageOf, pageQuery } from "../platform/pages.ts";
import { manage } from "../platform/principal.ts";
import { discardQuarantined, readQuarantine, readQuarantined, retryQuarantined } from "./quarantine.ts";

const quarantined = z.object({
  id: z.string(),
  at: z.string(),
  stage: z.enum(["inbox", "outbox"]),
  reason: z.string(),
  event: z.unknown(),
  /** What is kept is no JSON that a database takes: read it by itself. */
  has_raw: z.boolean(),
});
const quarantinedWhole = quarantined.extend({
  /** Base64. */
  raw: z.string().nullable(),
});
const byId = z.object({ id: z.uuid() });

export function quarantineRoutes(app: App, deps: { readonly db: Db; readonly bus: Bus }): void {
  const { db, bus } = deps;
  app.get(
    "/v1/quarantine",
    { config: { access: manage }, schema: { querystring: pageQuery, response: { 200: pageOf(quarantined) } } },
    ({ query }) => readQuarantine(db, query),
  );
  app.get(
    "/v1/quarantine/:id",
    { config: { access: manage }, schema: { params: byId, response: { 200: quarantinedWhole } } },
    async ({ params }) => (await readQuarantined(db, params.id)) ?? Promise.reject(refuse("not_found")),
  );
  app.post(
    "/v1/quarantine/:id/retry",
    {
      config: { access: manage },
      schema: { params: byId, response: { 200: z.object({ retried: z.boolean() }) } },
    },
    async ({ params }) => {
      const retried = await retryQuarantined(db, params.id);
      bus.wake("inbox");
      return { retried };
    },
  );
  app.delete(
    "/v1/quarantine/:id",
    {
      config: { access: manage },
      schema: { params: byId, response: { 200: z.object({ discarded: z.boolean() }) } },
    },
    async ({ params }) => {
      const discarded = await discardQuarantined(db, params.id);
      bus.changed("event", "all", ["quarantine"]);
      return { discarded };
    },
  );
}
