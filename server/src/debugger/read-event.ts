import { newestWaiting, readQuarantined, readRejection, remedyFor } from "../collect/index.ts";
import { readNewestUnshipped, unpackRows } from "../pipeline/index.ts";
import type { EventDetail } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { decodeItemId, type ItemId } from "./item-id.ts";
import { nameItems } from "./name-items.ts";
import { readEventLine } from "./queries/find-events.ch.ts";
import type { StreamDeps } from "./read-stream.ts";
import { type Found, ofLine, ofQuarantined, ofRejection, ofWaiting, toEvent } from "./to-item.ts";

type Detail = Omit<EventDetail, keyof Found | "source_name" | "profile_name">;

const ON_THE_WAY = 5_000;
const PLAIN: Detail = {
  remedy: null,
  event: null,
  is_cut: false,
  raw: null,
  key_hint: null,
  quarantine_id: null,
  can_retry: false,
};

/** One event of the list with all that is kept of it. */
export async function readEvent(deps: StreamDeps, id: string): Promise<EventDetail> {
  const { item, detail } = (await find(deps, decodeItemId(id))) ?? missing();
  const [named] = await nameItems(deps, [item]);
  return { ...(named ?? missing()), ...detail };
}

function missing(): never {
  throw refuse("event_not_kept");
}

async function find(deps: StreamDeps, id: ItemId): Promise<{ item: Found; detail: Detail } | null> {
  if (id.kind === "event") return findAccepted(deps, id);
  if (id.kind === "rejection") {
    const row = await readRejection(deps.db, id.id);
    if (!row) return null;
    const event: unknown = row.payload === null ? null : JSON.parse(row.payload);
    return {
      item: ofRejection(row),
      detail: { ...PLAIN, remedy: remedyFor(row.code), event, is_cut: row.is_cut, key_hint: row.key_hint },
    };
  }
  const row = await readQuarantined(deps.db, id.id);
  if (!row) return null;
  const canRetry = row.stage === "inbox" && row.event !== null;
  return {
    item: ofQuarantined(row),
    detail: { ...PLAIN, event: row.event, raw: row.raw, quarantine_id: row.id, can_retry: canRetry },
  };
}

/** In the order an event goes, so that one that moves on meanwhile is found. */
async function findAccepted(deps: StreamDeps, id: Extract<ItemId, { kind: "event" }>) {
  const waiting = (await newestWaiting(deps.db, ON_THE_WAY)).find(
    (event) => event.messageId === id.messageId && event.source === id.source,
  );
  const unshipped = (await readNewestUnshipped(deps.db, ON_THE_WAY))
    .flatMap(({ rows }) => unpackRows(rows))
    .find((row) => row.message_id === id.messageId && row.source === id.source);
  const line = unshipped ?? (await readEventLine(deps.history, id).catch(() => null));
  if (line) return { item: ofLine(line), detail: { ...PLAIN, event: toEvent(line) } };
  return waiting ? { item: ofWaiting(waiting), detail: { ...PLAIN, event: waiting } } : null;
}
