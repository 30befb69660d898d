import { createDueLoop } from "../platform/due-loop.ts";
import type { App } from "../platform/http.ts";
import type { Outbound } from "../platform/outbound/outbound.ts";
import { refreshTemplates } from "./blocks/refresh-templates.ts";
import { blockRoutes } from "./blocks/routes.ts";
import type { BrandBook } from "./brand/brand-book.ts";
import { brandRoutes } from "./brand/routes.ts";
import type { MessagesDeps } from "./deps.ts";
import { imageRoutes } from "./images/routes.ts";
import { LiveImages } from "./live-images/live-images.ts";
import { liveImageRoutes } from "./live-images/routes.ts";
import { templateRoutes } from "./templates/routes.ts";
import type { TrackingTokens } from "./tracking/tokens.ts";

export interface ContentDeps extends MessagesDeps {
  readonly brands: BrandBook;
  readonly tokens: TrackingTokens;
  readonly http: Pick<Outbound, "send">;
}

/** Everything that is about what messages say, and nothing about sending them. */
export function createContent(deps: ContentDeps) {
  const liveImages = new LiveImages(deps);
  const refresh = createDueLoop({
    clock: deps.clock,
    work: async (signal) => {
      await refreshTemplates(deps, signal);
    },
    nextDue: async () => null,
    onWake: (listener) => deps.bus.onWake("blocks", listener),
    onError: (error) => deps.log.warn({ err: error }, "templates cannot take new shared blocks now; trying again"),
  });
  return {
    routes(app: App): void {
      templateRoutes(app, deps);
      brandRoutes(app, deps);
      blockRoutes(app, deps);
      imageRoutes(app, deps);
      liveImageRoutes(app, { ...deps, liveImages });
    },
    start: () => refresh.start(),
    stop: () => refresh.stop(),
    refreshTemplates: () => refreshTemplates(deps),
  };
}
