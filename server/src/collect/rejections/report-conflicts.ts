import type { Bus } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { KilimEvent } from "../contracts.ts";
import { eventErrors } from "../errors.ts";
import { describeRejection } from "./describe-rejection.ts";
import { addCounts, insertRejections, trimRejections } from "./queries/rejections.pg.ts";
import { KEPT_PER_KEY } from "./rejection-log.ts";

/** An event that came under an id which the same source had used for another payload: the first stays. */
export interface Conflict {
  readonly event: KilimEvent;
  /** Checksum of the payload that came first. */
  readonly first: number;
}

const CODE = "message_id_conflict";
/** Of one batch are kept; the rest is counted. */
const KEPT_AT_ONCE = 50;

/** Lists and counts conflicts with what was refused at the door, within the same bounds. */
export async function reportConflicts(db: Db, clock: Clock, bus: Bus, conflicts: readonly Conflict[]): Promise<void> {
  const now = clock.now().toString();
  const bySource = Map.groupBy(conflicts, ({ event }) => event.source);
  const counts = [...bySource].map(([source, of]) => ({ source, code: CODE, n: of.length }));
  await addCounts(db, `${now.slice(0, 13)}:00:00Z`, counts);
  await insertRejections(
    db,
    clock,
    conflicts.slice(0, KEPT_AT_ONCE).map((conflict) => describe(conflict, now)),
  );
  await trimRejections(db, [...bySource.keys()], KEPT_PER_KEY);
  bus.changed("event", "all", ["rejected"]);
}

function describe({ event, first }: Conflict, at: string) {
  const { digest, name, ...rest } = event;
  const refused = { code: CODE, message: eventErrors[CODE], field: "messageId" };
  const raw: JsonObject = { ...rest, event: name };
  return {
    ...describeRejection(event.source, at, raw, refused),
    value: JSON.stringify({ first: hex(first), second: hex(digest ?? 0) }),
  };
}

function hex(digest: number): string {
  return (digest >>> 0).toString(16).padStart(8, "0");
}
