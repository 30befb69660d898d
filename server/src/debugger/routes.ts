import { z } from "zod";

import type { App } from "../platform/http.ts";
import { manage } from "../platform/principal.ts";
import { doorHealth, eventDetail, healthQuery, stream, streamQuery } from "./contracts.ts";
import { readEvent } from "./read-event.ts";
import { readHealth } from "./read-health.ts";
import { readStream, type StreamDeps } from "./read-stream.ts";

export function debuggerRoutes(app: App, deps: StreamDeps): void {
  app.get(
    "/v1/events",
    { config: { access: manage }, schema: { querystring: streamQuery, response: { 200: stream } } },
    ({ query }) => readStream(deps, query),
  );
  app.get(
    "/v1/events/health",
    { config: { access: manage }, schema: { querystring: healthQuery, response: { 200: doorHealth } } },
    ({ query }) => readHealth(deps, query.hours),
  );
  app.get(
    "/v1/events/:id",
    {
      config: { access: manage },
      schema: { params: z.object({ id: z.string().max(2_000) }), response: { 200: eventDetail } },
    },
    ({ params }) => readEvent(deps, params.id),
  );
}
