import { z } from "zod";

import { type App, sendJson } from "../platform/http.ts";
import { cursorId, toPage } from "../platform/pages.ts";
import { actorOf, device, manage } from "../platform/principal.ts";
import { announce } from "./announce.ts";
import {
  availabilityList,
  checkReport,
  countBody,
  countReport,
  discrepancy,
  discrepancyPage,
  discrepancyQuery,
  kit,
  kitBody,
  location,
  locationBody,
  locationList,
  movementPage,
  movementQuery,
  movementsBody,
  resolveBody,
  setLevelsBody,
  shelfPage,
  shelfQuery,
  stockList,
  stockSet,
  whichStock,
} from "./contracts.ts";
import { countStock } from "./count-stock.ts";
import { refuse } from "./errors.ts";
import { type HoldRoutesDeps, holdRoutes } from "./hold-routes.ts";
import { reasonCode } from "./own-reasons.ts";
import { loadDiscrepancies } from "./queries/discrepancies.pg.ts";
import { findBreaches } from "./queries/find-breaches.pg.ts";
import { loadMovements } from "./queries/load-movements.pg.ts";
import { changeLocation, type LocationRow, loadLocations } from "./queries/locations.pg.ts";
import { availabilityBoard, readShelf, readStock } from "./read-availability.ts";
import { readKit } from "./read-kit.ts";
import { recordMovements } from "./record-movements.ts";
import { resolveDiscrepancy } from "./resolve-discrepancy.ts";
import { saveKit } from "./save-kit.ts";
import { setLevels } from "./set-levels.ts";
import { transferRoutes } from "./transfer-routes.ts";
import { withNames } from "./with-names.ts";

const byId = z.object({ id: z.uuid() });

export function inventoryRoutes(app: App, deps: HoldRoutesDeps): void {
  const { db, clock, bus } = deps;
  const board = availabilityBoard(db, clock);
  app.route({
    method: "GET",
    url: "/v1/availability",
    config: { access: [...device, ...manage] },
    schema: { querystring: whichStock, response: { 200: availabilityList } },
    handler: async (request, reply) => sendJson(reply, await board(request.query)),
  });
  app.route({
    method: "GET",
    url: "/v1/stock",
    config: { access: manage },
    schema: { querystring: whichStock, response: { 200: stockList } },
    handler: async (request) => ({ items: await readStock(db, clock, request.query), next: null }),
  });
  app.route({
    method: "GET",
    url: "/v1/stock/levels",
    config: { access: manage },
    schema: { querystring: shelfQuery, response: { 200: shelfPage } },
    handler: (request) => readShelf(db, clock, request.query),
  });
  app.route({
    method: "GET",
    url: "/v1/stock/locations",
    config: { access: manage },
    schema: { response: { 200: locationList } },
    handler: async () => ({ items: (await loadLocations(db)).map(toLocation), next: null }),
  });
  app.route({
    method: "PATCH",
    url: "/v1/stock/locations/:id",
    config: { access: manage },
    schema: { params: byId, body: locationBody, response: { 200: location } },
    handler: async ({ params, body }) => {
      const [changed] = await changeLocation(db, params.id, body);
      if (!changed) throw refuse("location_not_found");
      return toLocation(changed);
    },
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
      const found = await loadMovements(db, { variant, location, after: cursorId(query.after), limit: limit + 1 });
      const page = toPage(found, limit, (m) => [m.id]);
      const items = page.items.map((row) => ({ ...row, reason_code: reasonCode(row) }));
      return { ...page, items: await withNames(db, items) };
    },
  });
  app.route({
    method: "POST",
    url: "/v1/stock/levels",
    config: { access: manage, idempotent: true },
    schema: { body: setLevelsBody, response: { 200: stockSet } },
    handler: async (request) => {
      const { set, touched } = await setLevels(db, clock, request.body, actorOf(request.principal));
      announce(bus, touched);
      return set;
    },
  });
  app.route({
    method: "POST",
    url: "/v1/stock/counts",
    config: { access: manage, idempotent: true },
    schema: { body: countBody, response: { 201: countReport } },
    handler: async (request, reply) => {
      const { report, touched } = await countStock(db, clock, request.body, actorOf(request.principal));
      announce(bus, touched);
      return reply.code(201).send(report);
    },
  });
  app.route({
    method: "GET",
    url: "/v1/stock/discrepancies",
    config: { access: manage },
    schema: { querystring: discrepancyQuery, response: { 200: discrepancyPage } },
    handler: async ({ query: { state, location = null, after, limit } }) => {
      const filter = { isOpen: state === "open", location, after: cursorId(after), limit: limit + 1 };
      const page = toPage(await loadDiscrepancies(db, filter), limit, (d) => [d.id]);
      return { ...page, items: await withNames(db, page.items) };
    },
  });
  app.route({
    method: "POST",
    url: "/v1/stock/discrepancies/:id/resolve",
    config: { access: manage, idempotent: true },
    schema: { params: byId, body: resolveBody, response: { 200: discrepancy } },
    handler: ({ params, body, principal }) =>
      resolveDiscrepancy(db, clock, { ...params, ...body, actor: actorOf(principal) }),
  });
  app.route({
    method: "GET",
    url: "/v1/stock/check",
    config: { access: manage },
    schema: { response: { 200: checkReport } },
    handler: async () => ({ items: await withNames(db, await findBreaches(db)) }),
  });
  app.route({
    method: "GET",
    url: "/v1/stock/kits/:id",
    config: { access: manage },
    schema: { params: byId, response: { 200: kit } },
    handler: ({ params }) => readKit(db, params.id),
  });
  app.route({
    method: "PUT",
    url: "/v1/stock/kits/:id",
    config: { access: manage },
    schema: { params: byId, body: kitBody, response: { 200: kit } },
    handler: async ({ params, body }) => {
      await saveKit(db, { kitId: params.id, parts: body.parts });
      return readKit(db, params.id);
    },
  });
  transferRoutes(app, deps);
  holdRoutes(app, deps);
}

function toLocation({ channels, ...place }: LocationRow) {
  return { ...place, channels: [...channels] };
}
