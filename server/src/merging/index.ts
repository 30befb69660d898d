import type { Room } from "../platform/room.ts";
import type { MergingDeps } from "./deps.ts";
import { mergingRoutes } from "./routes.ts";

export type { MergingDeps, Parted } from "./deps.ts";

export function createMerging(deps: MergingDeps): Room {
  return { routes: (app) => mergingRoutes(app, deps) };
}
