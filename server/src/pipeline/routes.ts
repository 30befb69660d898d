import { z } from "zod";

import { inboxState } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { App } from "../platform/http.ts";
import { manage } from "../platform/principal.ts";
import type { SegmentKeeper } from "./contracts.ts";
import { countUnshipped } from "./queries/outbox.pg.ts";

const pipelineState = z.object({
  inbox: z.int(),
  oldest_ms: z.int(),
  outbox: z.int(),
  beyond_state: z.object({ people: z.int(), waiting: z.int() }),
});

interface RouteDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly segments: SegmentKeeper;
}

export function pipelineRoutes(app: App, { db, clock, segments }: RouteDeps): void {
  app.get("/v1/pipeline", { config: { access: manage }, schema: { response: { 200: pipelineState } } }, async () => {
    const [inbox, outbox, beyond] = await Promise.all([inboxState(db), countUnshipped(db), segments.countBeyond(db)]);
    const age = inbox.oldest === null ? 0 : clock.now().epochMilliseconds - Date.parse(inbox.oldest);
    return { inbox: inbox.events, oldest_ms: Math.max(0, age), outbox, beyond_state: beyond };
  });
}
