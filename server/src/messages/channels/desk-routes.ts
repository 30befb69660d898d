import { z } from "zod";

import { inTransaction } from "../../platform/db.ts";
import type { App } from "../../platform/http.ts";
import { newId } from "../../platform/ids.ts";
import { cursorId, pageOf, pageQuery, toPage } from "../../platform/pages.ts";
import { actorOf, manage } from "../../platform/principal.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { countWaiting, listBatches, loadBatch, makeBatch } from "../queries/letters.pg.ts";
import * as c from "./call-contracts.ts";
import { type LetterDress, printBatch } from "./print-letters.ts";
import { beginCall, endCall, readCall, readCalls } from "./work-calls.ts";

const config = { access: manage };
const params = z.object({ id: z.uuid() });
const format = z.enum(["letter_a4", "postcard_a6"]);
const batchView = z.object({
  id: z.uuid(),
  format,
  letters: z.int(),
  created_by: z.string(),
  created_at: z.string(),
});
/** As many as a printer's file may have, and a screen wait for. */
const MOST_LETTERS = 2_000;

/** What people do by hand: calls to make, letters to print. */
export function deskRoutes(
  app: App,
  deps: Pick<MessagesDeps, "db" | "clock" | "bus"> & { readonly letterDress: () => Promise<LetterDress> },
): void {
  app.get("/v1/calls", { config, schema: { querystring: c.callQuery, response: { 200: c.callPage } } }, (request) =>
    readCalls(deps, request.query),
  );
  app.get("/v1/calls/:id", { config, schema: { params, response: { 200: c.callView } } }, (request) =>
    readCall(deps, request.params.id),
  );
  app.post("/v1/calls/:id/take", { config, schema: { params, response: { 200: c.callView } } }, (request) =>
    beginCall(deps, request.params.id, actorOf(request.principal)),
  );
  app.post(
    "/v1/calls/:id/finish",
    { config, schema: { params, body: c.finishBody, response: { 200: c.callView } } },
    (request) => endCall(deps, request.params.id, actorOf(request.principal), request.body),
  );
  app.get(
    "/v1/letters/waiting",
    { config, schema: { response: { 200: z.object({ items: z.array(z.object({ format, letters: z.int() })) }) } } },
    async () => ({ items: await countWaiting(deps.db) }),
  );
  app.get(
    "/v1/letters/batches",
    { config, schema: { querystring: pageQuery, response: { 200: pageOf(batchView) } } },
    async ({ query }) => {
      const found = await listBatches(deps.db, cursorId(query.after), query.limit + 1);
      return toPage(found, query.limit, ({ id }) => [id]);
    },
  );
  app.post(
    "/v1/letters/batches",
    {
      config: { access: manage, idempotent: true },
      schema: { body: z.strictObject({ format }), response: { 201: batchView } },
    },
    async (request, reply) => {
      const [id, by] = [newId(deps.clock), actorOf(request.principal)];
      const now = deps.clock.now().toString();
      const made = await inTransaction(deps.db, async (tx) => {
        const batch = await makeBatch(tx, { id, by, now, format: request.body.format, most: MOST_LETTERS });
        if (!batch) throw refuse("no_letters");
        return batch;
      });
      return reply.code(201).send(made);
    },
  );
  app.get("/v1/letters/batches/:id/pdf", { config, schema: { params } }, async (request, reply) => {
    const batch = await loadBatch(deps.db, request.params.id);
    if (!batch) throw refuse("batch_not_found");
    const name = `letters-${batch.created_at.slice(0, 10)}-${batch.id.slice(-6)}.pdf`;
    return reply
      .type("application/pdf")
      .header("content-disposition", `attachment; filename="${name}"`)
      .header("cache-control", "private, no-store")
      .send(await printBatch(deps.db, batch, await deps.letterDress()));
  });
}
