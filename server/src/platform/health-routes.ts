import { z } from "zod";

import packageFile from "../../package.json" with { type: "json" };
import { type Db, sql } from "./db.ts";
import type { History } from "./history.ts";
import type { App } from "./http.ts";

const health = z.record(z.string(), z.string());
const ANSWER_WITHIN_MS = 2_000;

/** `/healthz`: the process lives. `/readyz`: it can do its work, else 503 with the reason per part. */
export function healthRoutes(app: App, { db, history }: { readonly db: Db; readonly history: History }): void {
  // RudderStack's clients and tools ask by its own names.
  for (const path of ["/healthz", "/health"]) {
    app.get(path, { config: { access: ["public"] }, schema: { response: { 200: health } } }, async () => ({
      status: "ok",
    }));
  }
  app.get("/version", { config: { access: ["public"] }, schema: { response: { 200: health } } }, async () => ({
    name: "kilim",
    version: packageFile.version,
  }));
  app.get(
    "/readyz",
    { config: { access: ["public"] }, schema: { response: { 200: health, 503: health } } },
    async (_request, reply) => {
      const [state, past] = await Promise.all([tell(sql`select 1`.execute(db)), tell(history.query("select 1"))]);
      return reply.code(state === "ok" && past === "ok" ? 200 : 503).send({ state, history: past });
    },
  );
}

async function tell(look: Promise<unknown>): Promise<string> {
  const late = new Promise<string>((resolve) =>
    setTimeout(() => resolve("no answer within 2 s"), ANSWER_WITHIN_MS).unref(),
  );
  return Promise.race([
    look.then(
      () => "ok",
      (error: unknown) => (error instanceof Error ? error.message : "unreachable"),
    ),
    late,
  ]);
}
