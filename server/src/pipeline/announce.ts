import { reportConflicts } from "../collect/index.ts";
import type { Bus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { Processed } from "./process-events.ts";

/** Tells open screens, after commit, whom a batch has changed. */
export function announce(bus: Bus, { batch, changes }: Pick<Processed, "batch" | "changes">): void {
  for (const [id, parts] of batch.changed) bus.changed("profile", id, [...parts].map(coarse));
  for (const { from, into } of batch.merges) {
    bus.changed("profile", from, ["merged"]);
    bus.changed("profile", into, ["merged"]);
  }
  for (const change of changes) {
    bus.changed("profile", change.profileId, ["segments"]);
    bus.changed("segment", change.segmentId, ["members"]);
  }
  if (batch.events.length > 0) bus.changed("event", "all", ["new"]);
}

/** Tells engineers, after commit, what of a batch they have to mend; the batch stands whether or not they hear of it. */
export async function tellConflicts(
  { db, clock, bus }: { readonly db: Db; readonly clock: Clock; readonly bus: Bus },
  { conflicts }: Pick<Processed, "conflicts">,
): Promise<void> {
  if (conflicts.length > 0) await reportConflicts(db, clock, bus, conflicts).catch(() => {});
}

/** "trait:city" is told as "traits": names of traits are no business of a notice. */
function coarse(part: string): string {
  if (part.startsWith("trait:")) return "traits";
  if (part.startsWith("consent:")) return "consent";
  return part.startsWith("computed:") ? part.slice("computed:".length) : part;
}
