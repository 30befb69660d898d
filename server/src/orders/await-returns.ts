import type { Db } from "../platform/db.ts";
import type { Awaited } from "./match-announced.ts";
import type { Policy } from "./policy.ts";
import { type AnnouncedRow, loadAnnounced } from "./queries/announced-returns.pg.ts";
import { returnUntil } from "./return-window.ts";

/** Until when the parcel may arrive: counted from when it was announced, whatever became of the line's own time. */
export function arrivesUntil({ at }: Pick<AnnouncedRow, "at">, policy: Policy): Temporal.Instant {
  return returnUntil(at, policy.arrival_days, policy.zone);
}

export function isTooLate(now: Temporal.Instant, until: Temporal.Instant): boolean {
  return Temporal.Instant.compare(until, now) < 0;
}

/** What of an order is announced and neither withdrawn nor all here, the oldest first. */
export async function readAwaited(db: Db, now: Temporal.Instant, policy: Policy, orderId: string): Promise<Awaited[]> {
  return (await loadAnnounced(db, orderId))
    .filter(({ withdrawn_at, lines }) => withdrawn_at === null && lines.some((line) => line.received < line.quantity))
    .map(({ id, at, lines }) => ({ id, lines, isInTime: !isTooLate(now, arrivesUntil({ at }, policy)) }));
}
