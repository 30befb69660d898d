import { z } from "zod";

import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { App } from "../platform/http.ts";
import { isUuid } from "../platform/ids.ts";
import { decodeCursor, pageQuery, toPage } from "../platform/pages.ts";
import { device, manage, type Principal } from "../platform/principal.ts";
import { announce } from "./announce.ts";
import {
  availabilityList,
  checkReport,
  discrepancyPage,
  movementPage,
  movementQuery,
  movementsBody,
  stockList,
  whichStock,
} from "./contracts.ts";
import { loadDiscrepancies } from "./queries/discrepancies.pg.ts";
import { findBreaches } from "./queries/find-breaches.pg.ts";
import { loadMovements } from "./queries/load-movements.pg.ts";
import { readStock, showAvailability } from "./read-availability.ts";
import { recordMovements } from "./record-movements.ts";

export interface InventoryDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
}

export function inventoryRoutes(app: App, { db, clock, bus }: InventoryDeps): void {
  app.route({
    method: "GET",
    url: "/v1/availability",
    config: { access: [...device, ...manage] },
    schema: { querystring: whichStock, response: { 200: availabilityList } },
    handler: (request) => showAvailability(db, clock, request.query),
  });
  app.route({
    method: "GET",
    url: "/v1/stock",
    config: { access: manage },
    schema: { querystring: whichStock, response: { 200: stockList } },
    handler: async (request) => ({ items: await readStock(db, clock, request.query), next: null }),
  });
  app.route({
    method: "POST",
    url: "/v1/stock/movements",
    config: { access: manage, idempotent: true },
    schema: {
      body: movementsBody,
      response: { 201: z.object({ movements: z.array(z.object({ id: z.uuid(), kind: z.string() })) }) },
    },
    handler: async (request, reply) => {
      const { touched, movements } = await recordMovements(db, clock, request.body, actorOf(request.principal));
      announce(bus, touched);
      return reply.code(201).send({ movements });
    },
  });
  app.route({
    method: "GET",
    url: "/v1/stock/movements",
    config: { access: manage },
    schema: { querystring: movementQuery, response: { 200: movementPage } },
    handler: async ({ query }) => {
      const { variant = null, location = null, limit } = query;
      const after = cursorId(query.after);
      const found = await loadMovements(db, { variant, location, after, limit: limit + 1 });
      return toPage(found, limit, (m) => [m.id]);
    },
  });
  app.route({
    method: "GET",
    url: "/v1/stock/discrepancies",
    config: { access: manage },
    schema: { querystring: pageQuery, response: { 200: discrepancyPage } },
    handler: async ({ query }) => {
      const found = await loadDiscrepancies(db, cursorId(query.after), query.limit + 1);
      return toPage(found, query.limit, (d) => [d.id]);
    },
  });
  app.route({
    method: "GET",
    url: "/v1/stock/check",
    config: { access: manage },
    schema: { response: { 200: checkReport } },
    handler: async () => ({ items: await findBreaches(db) }),
  });
}

function actorOf(principal: Principal): string {
  return principal.kind === "staff" ? principal.email : principal.kind === "secret" ? principal.source : "";
}

function cursorId(after: string | undefined): string | null {
  const [id] = decodeCursor(after, 1) ?? [];
  return typeof id === "string" && isUuid(id) ? id : null;
}
