import type { FastifyReply } from "fastify";
import { z } from "zod";

import type { App } from "../../platform/http.ts";
import { manage } from "../../platform/principal.ts";
import { qrPng } from "../../platform/qr-code.ts";
import { hashReceipt } from "../collection-code.ts";
import { refuse } from "../errors.ts";
import { insertLetters } from "../queries/letters.pg.ts";
import { findByReceipt, loadOrder } from "../queries/orders.pg.ts";
import { drawReceipt } from "./draw-page.ts";
import { printReceipt } from "./print-receipt.ts";
import { type ReceiptDeps, readReceipt } from "./read-receipt.ts";
import { type LetterDeps, newLetter } from "./send-letters.ts";
import { LANGUAGES, type Language, languageOf } from "./words.ts";

const byCode = z.object({ code: z.string().regex(/^[\w-]{32}$/) });
const byId = z.object({ id: z.uuid() });
const inLanguage = z.object({ language: z.enum(LANGUAGES).optional() });
const open = { access: ["public"] as const };

/** Receipts for whoever has one in hand, for staff, and by mail. The code opens that receipt and nothing else. */
export function receiptRoutes(app: App, deps: LetterDeps): void {
  app.get("/r/:code", { config: open, schema: { params: byCode, querystring: inLanguage } }, async (request, reply) => {
    const { id, language } = await ofCode(deps, request.params.code, request.query.language);
    return hidden(reply)
      .header("content-security-policy", "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'")
      .type("text/html; charset=utf-8")
      .send(drawReceipt(await readReceipt(deps, id, language)));
  });
  app.get(
    "/r/:code/receipt.pdf",
    { config: open, schema: { params: byCode, querystring: inLanguage } },
    async (request, reply) => {
      const { id, language } = await ofCode(deps, request.params.code, request.query.language);
      return sendPdf(deps, reply, id, language);
    },
  );
  app.get("/r/:code/qr.png", { config: open, schema: { params: byCode } }, async (request, reply) => {
    const { id, language } = await ofCode(deps, request.params.code);
    const { link } = await readReceipt(deps, id, language);
    return hidden(reply).type("image/png").send(qrPng(link));
  });
  app.route({
    method: "GET",
    url: "/v1/orders/:id/receipt.pdf",
    config: { access: manage },
    schema: { params: byId, querystring: inLanguage },
    handler: async ({ params, query }, reply) =>
      sendPdf(deps, reply, params.id, query.language ?? (await languageOfOrder(deps, params.id))),
  });
  app.route({
    method: "POST",
    url: "/v1/orders/:id/receipt",
    config: { access: manage, idempotent: true },
    schema: {
      params: byId,
      body: z.object({ email: z.email().max(320), language: z.enum(LANGUAGES).optional() }),
      response: { 202: z.object({ queued: z.literal(true) }) },
    },
    handler: async ({ params, body }, reply) => {
      const language = body.language ?? (await languageOfOrder(deps, params.id));
      await insertLetters(deps.db, [newLetter(deps, params, { kind: "receipt", email: body.email, language })]);
      deps.bus.wake("timers");
      return reply.code(202).send({ queued: true });
    },
  });
}

async function ofCode(deps: ReceiptDeps, code: string, asked?: Language) {
  const order = await findByReceipt(deps.db, hashReceipt(deps.secrets, code));
  if (!order) throw refuse("receipt_not_found");
  return { id: order.id, language: asked ?? languageOf(order.language) };
}

async function languageOfOrder(deps: ReceiptDeps, id: string): Promise<Language> {
  const order = await loadOrder(deps.db, id);
  if (!order?.paid_at) throw refuse("order_not_found");
  return languageOf(order.language);
}

async function sendPdf(deps: ReceiptDeps, reply: FastifyReply, id: string, language: Language) {
  const receipt = await readReceipt(deps, id, language);
  return hidden(reply)
    .header("content-disposition", `inline; filename="${receipt.number.replaceAll(/[^\w-]/g, "")}.pdf"`)
    .type("application/pdf")
    .send(await printReceipt(receipt, await deps.printLogo()));
}

/** What the code opens is for whoever holds it: nobody keeps it, nobody passes the address on, no search lists it. */
function hidden(reply: FastifyReply): FastifyReply {
  return reply
    .header("cache-control", "no-store, private")
    .header("referrer-policy", "no-referrer")
    .header("x-robots-tag", "noindex");
}
