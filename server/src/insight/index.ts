import type { Room } from "../platform/room.ts";
import type { InsightDeps } from "./read-overview.ts";
import { insightRoutes } from "./routes.ts";

export function createInsight(deps: InsightDeps): Room {
  return { routes: (app) => insightRoutes(app, deps) };
}
