import { z } from "zod";

import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { App } from "../platform/http.ts";
import { actorOf, manage } from "../platform/principal.ts";
import { announce } from "./announce.ts";
import { receiveBody, transfer, transferBody, transferPage, transferQuery } from "./contracts.ts";
import { readTransfer, readTransfers } from "./read-transfers.ts";
import { cancelTransfer, receiveTransfer, sendTransfer, type Transferred } from "./transfer-stock.ts";

const byId = z.object({ id: z.uuid() });

export interface InventoryDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
}

export function transferRoutes(app: App, { db, clock, bus }: InventoryDeps): void {
  const answer = async (moved: Promise<Transferred>) => {
    const { id, touched } = await moved;
    announce(bus, touched);
    return readTransfer(db, id);
  };
  app.route({
    method: "GET",
    url: "/v1/stock/transfers",
    config: { access: manage },
    schema: { querystring: transferQuery, response: { 200: transferPage } },
    handler: (request) => readTransfers(db, request.query),
  });
  app.route({
    method: "GET",
    url: "/v1/stock/transfers/:id",
    config: { access: manage },
    schema: { params: byId, response: { 200: transfer } },
    handler: (request) => readTransfer(db, request.params.id),
  });
  app.route({
    method: "POST",
    url: "/v1/stock/transfers",
    config: { access: manage, idempotent: true },
    schema: { body: transferBody, response: { 201: transfer } },
    handler: async (request, reply) => {
      const sent = sendTransfer(db, clock, request.body, actorOf(request.principal));
      return reply.code(201).send(await answer(sent));
    },
  });
  app.route({
    method: "POST",
    url: "/v1/stock/transfers/:id/receive",
    config: { access: manage, idempotent: true },
    schema: { params: byId, body: receiveBody, response: { 200: transfer } },
    handler: ({ params, body, principal }) => answer(receiveTransfer(db, clock, params.id, body, actorOf(principal))),
  });
  app.route({
    method: "POST",
    url: "/v1/stock/transfers/:id/cancel",
    config: { access: manage, idempotent: true },
    schema: { params: byId, response: { 200: transfer } },
    handler: ({ params, principal }) => answer(cancelTransfer(db, clock, params.id, actorOf(principal))),
  });
}
