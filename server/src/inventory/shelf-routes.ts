import { z } from "zod";

import type { Db } from "../platform/db.ts";
import type { App } from "../platform/http.ts";
import { manage } from "../platform/principal.ts";
import { shelfPlacePage, shelfPlaceQuery, shelfPlacesBody } from "./contracts.ts";
import { readShelfPlaces, setShelfPlaces } from "./shelf-places.ts";

export function shelfRoutes(app: App, { db }: { readonly db: Db }): void {
  app.route({
    method: "GET",
    url: "/v1/stock/shelf-places",
    config: { access: manage },
    schema: { querystring: shelfPlaceQuery, response: { 200: shelfPlacePage } },
    handler: (request) => readShelfPlaces(db, request.query),
  });
  app.route({
    method: "PUT",
    url: "/v1/stock/shelf-places",
    config: { access: manage },
    schema: { body: shelfPlacesBody, response: { 200: z.object({ set: z.int() }) } },
    handler: (request) => setShelfPlaces(db, request.body),
  });
}
