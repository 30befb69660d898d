import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import { createDueLoop, type DueLoop } from "../platform/due-loop.ts";
import { forgetDevices, oldestDevice } from "./queries/devices.pg.ts";

/** A device that has not looked at anything for so long starts afresh. */
const KEPT = { days: 90 } as const;

export interface ForgetDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly onError: (error: unknown) => void;
}

export function forgetOldDevices({ db, clock, bus, onError }: ForgetDeps): DueLoop {
  return createDueLoop({
    clock,
    work: () => forgetDevices(db, clock.now().toZonedDateTimeISO("UTC").toPlainDate().subtract(KEPT).toString()),
    async nextDue() {
      const oldest = await oldestDevice(db);
      return oldest === null
        ? null
        : Temporal.PlainDate.from(oldest).add(KEPT).toZonedDateTime("UTC").toInstant().toString();
    },
    onWake: (listener) => bus.onWake("timers", listener),
    onError,
  });
}
