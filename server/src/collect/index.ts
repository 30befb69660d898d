import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { IntakeSettings } from "../platform/intake-settings.ts";
import type { KeyRing } from "../platform/keys.ts";
import type { Room } from "../platform/room.ts";
import type { PlanCheck } from "./accept-events.ts";
import { Backpressure } from "./backpressure.ts";
import { GroupCommit } from "./group-commit.ts";
import { quarantineRoutes } from "./quarantine-routes.ts";
import { RateLimit } from "./rate-limit.ts";
import { RejectionLog } from "./rejections/rejection-log.ts";
import { collectRoutes } from "./routes.ts";

export type { PlanCheck } from "./accept-events.ts";
export { append } from "./append-events.ts";
export type { Channel, EventType, KilimEvent, NewEvent } from "./contracts.ts";
export type { EventErrorCode } from "./errors.ts";
export { eventErrors } from "./errors.ts";
export { deleteInbox, type InboxRow, inboxState, isWaiting, newestOfInbox, readInbox, unpack } from "./inbox.ts";
export { SHARDS } from "./limits.ts";
export { newEvent } from "./new-event.ts";
export { personalData as collectData } from "./personal-data.ts";
export { findQuarantined, type Quarantined, readQuarantined, type SetAside, setAside } from "./quarantine.ts";
export { newestWaiting } from "./queries/newest-waiting.pg.ts";
export {
  findRejections,
  type RejectionFilter,
  type RejectionRow,
  readRejection,
} from "./rejections/queries/find-rejections.pg.ts";
export { type DoorCount, readDoorCounts } from "./rejections/queries/rejections.pg.ts";
export { remedyFor } from "./rejections/remedies.ts";
export { type Conflict, reportConflicts } from "./rejections/report-conflicts.ts";
export { standardName } from "./standard-names.ts";

export interface CollectDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly keys: KeyRing;
  readonly publicUrl: string;
  readonly intake: IntakeSettings;
  readonly plan: PlanCheck;
}

export function createCollect(deps: CollectDeps): Room {
  const commit = new GroupCommit(deps.db, deps.clock, deps.bus);
  const backpressure = new Backpressure(deps.db, deps.intake.inboxEvents);
  const rate = new RateLimit(deps.intake.eventsPerSecond, deps.intake.burst);
  return {
    routes(app) {
      const rejections = new RejectionLog(deps.db, deps.clock, deps.bus);
      app.addHook("onClose", () => rejections.close());
      collectRoutes(app, { ...deps, commit, backpressure, rate, rejections });
      quarantineRoutes(app, deps);
    },
  };
}

export { checkImported } from "./import/accept-import.ts";
export { importOrders } from "./import/import-orders.ts";
export { isOnlineRetail, WrongFile } from "./import/online-retail/read-lines.ts";
export { createImport } from "./import/routes.ts";
export { checkReceiver, ImportRefused, type Receiver } from "./import/send-items.ts";
export { type ImportedItem, type Taken, takeImported } from "./import/take-imported.ts";
export { writeReport } from "./import/write-report.ts";
