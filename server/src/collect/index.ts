import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { KeyRing } from "../platform/keys.ts";
import type { Room } from "../platform/room.ts";
import { Backpressure } from "./backpressure.ts";
import { GroupCommit } from "./group-commit.ts";
import { collectRoutes } from "./routes.ts";

export { append } from "./append-events.ts";
export type { Channel, EventType, KilimEvent, NewEvent } from "./contracts.ts";
export { deleteInbox, type InboxRow, inboxState, isWaiting, readInbox, unpack } from "./inbox.ts";
export { SHARDS } from "./limits.ts";
export { newEvent } from "./new-event.ts";
export { type SetAside, setAside } from "./quarantine.ts";

export interface CollectDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly keys: KeyRing;
  readonly publicUrl: string;
}

export function createCollect(deps: CollectDeps): Room {
  const commit = new GroupCommit(deps.db, deps.clock, deps.bus);
  const backpressure = new Backpressure(deps.db);
  return { routes: (app) => collectRoutes(app, { ...deps, commit, backpressure }) };
}

export { importOrders } from "./import/import-orders.ts";
export { WrongFile } from "./import/online-retail/read-lines.ts";
export { createImport } from "./import/routes.ts";
export { ImportRefused } from "./import/send-items.ts";
export { writeReport } from "./import/write-report.ts";
