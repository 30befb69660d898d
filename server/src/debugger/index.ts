import type { Room } from "../platform/room.ts";
import type { StreamDeps } from "./read-stream.ts";
import { debuggerRoutes } from "./routes.ts";

export function createDebugger(deps: StreamDeps): Room {
  return { routes: (app) => debuggerRoutes(app, deps) };
}
