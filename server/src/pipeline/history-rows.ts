import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

import type { KilimEvent } from "../collect/index.ts";
import type { JsonObject } from "../platform/json.ts";
import { currencyOf, revenueOf } from "../profiles/index.ts";

/** An event of nobody we know (a till sale without a customer). */
export const NOBODY = "00000000-0000-0000-0000-000000000000";

/** A line of History's `events`. */
export interface HistoryRow {
  readonly profile_id: string;
  readonly timestamp: string;
  readonly message_id: string;
  readonly source: string;
  readonly type: string;
  readonly name: string;
  readonly channel: string;
  readonly touchpoint: string;
  readonly historical: 0 | 1;
  readonly received_at: string;
  readonly user_id: string;
  readonly anonymous_id: string;
  readonly properties: string;
  readonly traits: string;
  readonly context: string;
  readonly order_id: string;
  readonly revenue_minor: number;
  readonly currency: string;
  readonly batch: number;
  /** Told only when it is one. */
  readonly bot?: 1;
  /** The teller had proven who they are. Told only when so. */
  readonly verified?: 0 | 1;
}

export function toHistoryRow(event: KilimEvent, profileId: string | null, batch: number): HistoryRow {
  const isOrder = event.name.startsWith("Order ");
  const currency = isOrder ? currencyOf(event.properties) : "";
  return {
    profile_id: profileId ?? NOBODY,
    timestamp: event.timestamp,
    message_id: event.messageId,
    source: event.source,
    type: event.type,
    name: event.name,
    channel: event.channel,
    touchpoint: event.touchpoint ?? "",
    historical: event.historical ? 1 : 0,
    received_at: event.receivedAt,
    user_id: event.userId ?? "",
    anonymous_id: event.anonymousId ?? "",
    properties: textOf(event.properties),
    traits: textOf(event.traits),
    context: textOf(event.context),
    order_id: isOrder ? orderId(event.properties) : "",
    revenue_minor: isOrder ? revenueOf(event.properties, currency) : 0,
    currency,
    batch,
    ...(event.bot ? { bot: 1 } : {}),
    ...(event.verified ? { verified: 1 } : {}),
  };
}

function textOf(object: JsonObject): string {
  for (const _ in object) return JSON.stringify(object);
  return "{}";
}

function orderId(properties: JsonObject): string {
  const { order_id: id } = properties;
  return typeof id === "string" || typeof id === "number" ? String(id).slice(0, 200) : "";
}

const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export function packRows(lines: readonly HistoryRow[]): Buffer {
  return packLines(lines.map((line) => JSON.stringify(line)));
}

/** Where lines are written to be packed, one batch after the other: to join them first would take three times as long. */
const room = Buffer.allocUnsafeSlow(8 * 2 ** 20);
const MOST_BYTES_OF_UNIT = 3;
const LINE_END = 10;

export function packLines(lines: readonly string[]): Buffer {
  const most = lines.reduce((sum, line) => sum + line.length * MOST_BYTES_OF_UNIT + 1, 0);
  const into = most <= room.length ? room : Buffer.allocUnsafe(most);
  let end = 0;
  for (const line of lines) {
    end += into.write(line, end);
    into[end++] = LINE_END;
  }
  return zstdCompressSync(into.subarray(0, end), FAST);
}

export function unpackLines(rows: Buffer): Buffer {
  return zstdDecompressSync(rows);
}

export function unpackRows(rows: Buffer): HistoryRow[] {
  return unpackLines(rows)
    .toString("utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as HistoryRow);
}

/** Leaves an empty line for each of the erased, so that a shipment under way keeps its halves and their tokens. */
export function eraseFromRows(packed: Buffer, isGone: (row: HistoryRow) => boolean): { rows: Buffer; erased: number } {
  let erased = 0;
  const text = textOfBatch(packed);
  // What cannot be unpacked cannot be shipped either: it is set aside, and looked through there.
  if (text === null) return { rows: packed, erased };
  const lines = text.split("\n").map((line) => {
    if (line === "" || !isOf(line, isGone)) return line;
    erased += 1;
    return "";
  });
  return { rows: zstdCompressSync(lines.join("\n")), erased };
}

function textOfBatch(packed: Buffer): string | null {
  try {
    return unpackLines(packed).toString("utf8");
  } catch {
    return null;
  }
}

/** What is no row names nobody we could tell: it is set aside when it is shipped, and looked through there. */
function isOf(line: string, isGone: (row: HistoryRow) => boolean): boolean {
  try {
    return isGone(JSON.parse(line) as HistoryRow);
  } catch {
    return false;
  }
}
