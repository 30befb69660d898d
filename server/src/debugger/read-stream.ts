import { findQuarantined, findRejections, newestWaiting } from "../collect/index.ts";
import { findByIdentifier, loadMergedFrom } from "../identity/index.ts";
import { readNewestUnshipped, unpackRows } from "../pipeline/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import { decodeCursor, encodeCursor } from "../platform/pages.ts";
import type { Stream, StreamQuery } from "./contracts.ts";
import { type NameDeps, nameItems } from "./name-items.ts";
import { type EventFilter, findEvents } from "./queries/find-events.ch.ts";
import { type Found, ofLine, ofQuarantined, ofRejection, ofWaiting } from "./to-item.ts";

export interface StreamDeps extends NameDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
}

/** Of what is on its way through State only the newest are read: they are packed, and unpacking costs. */
const ON_THE_WAY = 1_000;
/** How far back History is asked, step by step until the page is full: what is new lies in small, new parts. */
const WINDOWS_HOURS = [0.1, 2, 48, 24 * 31, 24 * 366 * 100];
const FINDABLE = ["user_id", "email", "phone", "anonymous_id", "loyalty_id", "device_id"];

/** What came in, newest first: read where it lies, each once. */
export async function readStream(deps: StreamDeps, query: StreamQuery): Promise<Stream> {
  const { outcome, limit, after, ...filter } = query;
  const cursor = decodeCursor(after, 2);
  const before = cursor ? { at: String(cursor[0]), tie: String(cursor[1]) } : undefined;
  const profileIds = filter.identifier === undefined ? [] : await peopleOf(deps.db, filter.identifier);
  const wanted = { ...filter, before, profileIds };
  const most = limit + 1;
  const accepted =
    outcome === undefined || outcome === "accepted"
      ? await findAccepted(deps, wanted, most)
      : { found: [], isComplete: true };
  const rejected = outcome === undefined || outcome === "rejected" ? await findRejections(deps.db, wanted, most) : [];
  const quarantined =
    outcome === undefined || outcome === "quarantined" ? await findQuarantined(deps.db, wanted, most) : [];
  const all = [...accepted.found, ...rejected.map(ofRejection), ...quarantined.map(ofQuarantined)].sort(newestFirst);
  const shown = all.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await nameItems(deps, shown),
    next: all.length > limit && last ? encodeCursor([last.received_at, last.tie]) : null,
    is_complete: accepted.isComplete,
  };
}

/** In the order an event goes: one that moves on while we look is seen twice rather than not at all. */
async function findAccepted(
  deps: StreamDeps,
  filter: EventFilter,
  most: number,
): Promise<{ found: Found[]; isComplete: boolean }> {
  const fits = fitting(filter);
  const waiting = await newestWaiting(deps.db, ON_THE_WAY);
  const unshipped = (await readNewestUnshipped(deps.db, ON_THE_WAY)).flatMap(({ rows }) => unpackRows(rows));
  const byTie = new Map<string, Found>();
  const add = (item: Found) => byTie.set(item.tie, item);
  for (const event of waiting) {
    const item = ofWaiting(event);
    if (fits(item, JSON.stringify(event.traits))) add(item);
  }
  for (const line of unshipped) {
    const item = ofLine(line);
    if (fits(item, line.traits)) add(item);
  }
  const shipped = await findShipped(deps, filter, most).catch(() => null);
  for (const item of shipped ?? []) add(item);
  return { found: [...byTie.values()], isComplete: shipped !== null };
}

async function findShipped({ history, clock }: StreamDeps, filter: EventFilter, most: number): Promise<Found[]> {
  const from = filter.before ? Temporal.Instant.from(filter.before.at) : clock.now();
  for (const hours of WINDOWS_HOURS) {
    const since = from.subtract({ minutes: Math.round(hours * 60) }).toString();
    const found = await findEvents(history, filter, since, most);
    if (found.length >= most || hours === WINDOWS_HOURS.at(-1)) return found.map(ofLine);
  }
  return [];
}

function newestFirst(a: Found, b: Found): number {
  if (a.received_at !== b.received_at) return a.received_at < b.received_at ? 1 : -1;
  return a.tie < b.tie ? 1 : a.tie > b.tie ? -1 : 0;
}

/** The filter for what is read whole; `traits` is JSON. */
function fitting({ source, type, name, identifier, profileIds, before }: EventFilter) {
  const part = name?.toLowerCase();
  const quoted = JSON.stringify(identifier?.toLowerCase() ?? "");
  const people = new Set(profileIds);
  return (item: Found, traits: string): boolean =>
    (before === undefined || newestFirst({ ...item, received_at: before.at, tie: before.tie }, item) < 0) &&
    (source === undefined || item.source === source) &&
    (type === undefined || item.type === type) &&
    (part === undefined || (item.name ?? "").toLowerCase().includes(part)) &&
    (identifier === undefined ||
      [item.user_id, item.anonymous_id, item.message_id].includes(identifier) ||
      (item.profile_id !== null && people.has(item.profile_id)) ||
      traits.toLowerCase().includes(quoted));
}

async function peopleOf(db: Db, identifier: string): Promise<string[]> {
  const found = new Set<string>();
  for (const type of FINDABLE) {
    const id = await findByIdentifier(db, type, identifier);
    if (id === null || found.has(id)) continue;
    for (const merged of await loadMergedFrom(db, id)) found.add(merged);
    found.add(id);
  }
  return [...found];
}
