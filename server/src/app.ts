import { findProfiles, readShopperToken } from "./identity/index.ts";
import { authenticator } from "./platform/authenticate.ts";
import { allowOtherOrigins } from "./platform/cors.ts";
import { deskRoutes } from "./platform/desk-routes.ts";
import { healthRoutes } from "./platform/health-routes.ts";
import { type App, buildApp } from "./platform/http.ts";
import { honourIdempotency } from "./platform/idempotency.ts";
import { liveRoutes } from "./platform/live-routes.ts";
import { describeApi } from "./platform/openapi.ts";
import { serveScreens } from "./platform/screens.ts";
import type { StaffAuth } from "./platform/staff-auth.ts";
import type { Context, Rooms } from "./rooms.ts";

export interface AppOptions {
  readonly staff: StaffAuth;
  readonly isDemo: boolean;
}

/** The whole HTTP face: the platform's own routes, each room's, and the built screens. */
export async function createApp(context: Context, rooms: Rooms, { staff, isDemo }: AppOptions): Promise<App> {
  const { db, clock, bus, keys, secrets, log, publicUrl, trustedProxies } = context;
  const authenticate = authenticator({
    keys,
    staff,
    readShopperToken: (token) => readShopperToken({ db, clock, secrets }, token),
  });
  const app = buildApp({ authenticate, log, publicUrl, trustedProxies });
  await describeApi(app, publicUrl);
  allowOtherOrigins(app);
  honourIdempotency(app, { db, clock, secrets });
  healthRoutes(app, context);
  deskRoutes(app, { staff, keys, bus, isDemo, publicUrl });
  liveRoutes(app, {
    bus,
    resolve: (refs) => findProfiles(db, refs),
    authenticate: (headers) => authenticate({ headers: { ...headers } }, { isFresh: true }),
  });
  for (const room of Object.values(rooms)) room.routes?.(app);
  serveScreens(app);
  return app;
}
