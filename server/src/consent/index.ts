import type { Room } from "../platform/room.ts";
import { type ConsentDeps, consentRoutes } from "./routes.ts";

export { nextAllowed } from "./hours/next-allowed.ts";
export { zoneOf } from "./hours/zone-of.ts";
export { mayWrite, type NoConsent, reachesOut } from "./may-write.ts";
export { readSendingRules } from "./sending-rules.ts";

export function createConsent(deps: ConsentDeps): Room {
  return { routes: (app) => consentRoutes(app, deps) };
}
