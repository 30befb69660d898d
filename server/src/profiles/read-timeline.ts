import { placesOf } from "../identity/index.ts";
import type { Db } from "../platform/db.ts";
import { refuse } from "../platform/errors.ts";
import type { History } from "../platform/history.ts";
import type { JsonObject } from "../platform/json.ts";
import type { Log } from "../platform/log.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../platform/pages.ts";
import type { TimelineEvent } from "./api-shapes.ts";
import { readTimeline, type TimelineRow } from "./queries/timeline.ch.ts";

export interface TimelineDeps {
  readonly db: Db;
  readonly history: History;
  readonly log: Log;
  /** Rows on their way to History that concern these profiles. */
  readonly unshippedOf: (db: Db, profileIds: readonly string[]) => Promise<(TimelineRow & { profile_id: string })[]>;
}

/**
 * A person's events on all channels, newest first: History, and what is still on its way there. The outbox is read
 * first: what is shipped in between is then found twice and kept once, never missed.
 */
export async function timelineOf(deps: TimelineDeps, profileId: string, page: PageQuery): Promise<Page<TimelineEvent>> {
  const cursor = decodeCursor(page.after, 2);
  const after = cursor ? { timestamp: String(cursor[0]), messageId: String(cursor[1]) } : null;
  const places = await placesOf(deps.db, profileId);
  const known = new Set(places.ids);
  const onTheWay = (await deps.unshippedOf(deps.db, places.ids)).filter(
    (row) => known.has(row.profile_id) && (!after || isAfter(row, after)),
  );
  const shipped = await readTimeline(deps.history, { places, after, limit: page.limit + 1 }).catch((cause: unknown) => {
    deps.log.warn({ err: cause }, "a timeline could not be read from History");
    throw refuse("unavailable", "History does not answer just now.");
  });
  const byId = new Map<string, TimelineRow>();
  for (const row of [...shipped, ...onTheWay]) byId.set(`${row.message_id} ${row.timestamp} ${row.name}`, row);
  const sorted = [...byId.values()].sort((a, b) => compare(b, a)).slice(0, page.limit + 1);
  return toPage(sorted.map(toEvent), page.limit, (event) => [event.timestamp, event.message_id]);
}

function compare(a: TimelineRow, b: TimelineRow): number {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? -1 : 1;
  return a.message_id < b.message_id ? -1 : 1;
}

function isAfter(row: TimelineRow, after: { timestamp: string; messageId: string }): boolean {
  return row.timestamp < after.timestamp || (row.timestamp === after.timestamp && row.message_id < after.messageId);
}

function toEvent(row: TimelineRow): TimelineEvent {
  const properties = JSON.parse(row.properties) as JsonObject;
  return {
    message_id: row.message_id,
    type: row.type,
    event: row.name,
    timestamp: row.timestamp,
    received_at: row.received_at,
    channel: row.channel,
    touchpoint: row.touchpoint || null,
    properties: row.traits === "{}" ? properties : { ...properties, traits: JSON.parse(row.traits) as JsonObject },
  };
}
