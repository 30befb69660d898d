import { type KilimEvent, newEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import { newId } from "../platform/ids.ts";
import type { MembershipChange } from "./contracts.ts";

/** Coming in and leaving are events on the person's timeline, at the time they became true; not so for history. */
export function segmentEvents(clock: Clock, changes: readonly MembershipChange[]): KilimEvent[] {
  return changes
    .filter((change) => !change.historical)
    .map((change) =>
      newEvent(clock, {
        messageId: `segment-${change.kind}:${newId(clock)}`,
        source: "segments",
        name: change.kind === "entered" ? "Segment Entered" : "Segment Exited",
        profileId: change.profileId,
        timestamp: change.at,
        properties: { segment_id: change.segmentId, segment_name: change.segmentName },
      }),
    );
}
