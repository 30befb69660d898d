import { type Places, ROWS_OF_PERSON } from "../../identity/index.ts";
import type { History } from "../../platform/history.ts";

export interface TimelineRow {
  readonly message_id: string;
  readonly type: string;
  readonly name: string;
  readonly timestamp: string;
  readonly received_at: string;
  readonly channel: string;
  readonly touchpoint: string;
  readonly properties: string;
  readonly traits: string;
}

export interface TimelineQuery {
  readonly places: Places;
  /** Only what comes after this place in the order newest first. */
  readonly after: { readonly timestamp: string; readonly messageId: string } | null;
  readonly limit: number;
}

/** A person's events newest first, over all ids that were merged. Leans on the order of `events` by profile. */
export function readTimeline(history: History, { places, after, limit }: TimelineQuery): Promise<TimelineRow[]> {
  return history.query<TimelineRow>(
    `select message_id, type, name, timestamp, received_at, channel, touchpoint, properties, traits
     from events
     where ${ROWS_OF_PERSON}
       ${after ? "and (timestamp, message_id) < ({at:DateTime64(3, 'UTC')}, {id:String})" : ""}
     order by timestamp desc, message_id desc limit {limit:UInt32}`,
    { ...places, limit, ...(after ? { at: after.timestamp, id: after.messageId } : {}) },
  );
}
