import { type InboxRow, type KilimEvent, type SetAside, unpack } from "../collect/index.ts";
import { isJsonObject } from "../platform/json.ts";

export interface Unpacked {
  readonly events: KilimEvent[];
  /** Rows and events that are none. */
  readonly unreadable: SetAside[];
}

/** The events of inbox rows, taken at their word: nearly always they come through our own door. */
export function unpackInbox(rows: readonly InboxRow[]): Unpacked {
  return unpackEach(rows, (_row, events, into) => {
    for (const event of events as KilimEvent[]) into.events.push(event);
  });
}

/** The same when something in them has failed: what has not the shape of an event is told apart. */
export function unpackCarefully(rows: readonly InboxRow[]): Unpacked {
  return unpackEach(rows, (row, events, into) => {
    for (const event of events) {
      if (isEvent(event)) into.events.push(event);
      else into.unreadable.push(setAsideRaw("it is no event", textOf(event) ?? row.events));
    }
  });
}

function unpackEach(
  rows: readonly InboxRow[],
  take: (row: InboxRow, events: readonly unknown[], into: Unpacked) => void,
): Unpacked {
  const into: Unpacked = { events: [], unreadable: [] };
  for (const row of rows) {
    try {
      const events: unknown = unpack(row);
      if (!Array.isArray(events)) throw new TypeError("it is no list of events");
      take(row, events, into);
    } catch (error) {
      into.unreadable.push(
        setAsideRaw(`unreadable: ${error instanceof Error ? error.message : String(error)}`, row.events),
      );
    }
  }
  return into;
}

/** An event that failed by itself; when its JSON is none that a `jsonb` column takes, as escaped text. */
export function setAsideEvent(event: KilimEvent, error: unknown): SetAside {
  const reason = error instanceof Error ? error.message : String(error);
  const text = textOf(event) ?? "";
  const isKeepable = text.isWellFormed() && !/\\u0000|\\u[dD][89a-fA-F]/.test(text) && !isDeeper(event, MOST_LEVELS);
  return isKeepable ? { stage: "inbox", reason, event, raw: null } : setAsideRaw(reason, text);
}

function setAsideRaw(reason: string, content: string | Buffer): SetAside {
  return { stage: "inbox", reason, event: null, raw: Buffer.from(content as string).toString("base64") };
}

const MOST_LEVELS = 64;
const MOST_ID = 1_000;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const TIME = /^[12]\d{3}-\d{2}-\d{2}T/;

function isEvent(value: unknown): value is KilimEvent {
  if (!isJsonObject(value) || isDeeper(value, MOST_LEVELS)) return false;
  const { messageId, source, type, name, channel, profileId, digest } = value;
  return (
    (digest === undefined || Number.isInteger(digest)) &&
    [messageId, source, type, name, channel].every((text) => typeof text === "string" && text.length <= MOST_ID) &&
    [value.userId, value.anonymousId, value.previousId, value.groupId].every(isId) &&
    (profileId === null || (typeof profileId === "string" && UUID.test(profileId))) &&
    [value.timestamp, value.receivedAt].every(isTime) &&
    [value.properties, value.traits, value.context].every(isJsonObject)
  );
}

function isId(value: unknown): boolean {
  return value === null || (typeof value === "string" && value.length <= MOST_ID);
}

function isTime(value: unknown): boolean {
  return typeof value === "string" && TIME.test(value) && !Number.isNaN(Date.parse(value));
}

function isDeeper(value: unknown, limit: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return limit === 0 || Object.values(value).some((child) => isDeeper(child, limit - 1));
}

/** null when it is nested so deep that nothing recursive reaches its bottom. */
function textOf(value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return null;
  }
}
