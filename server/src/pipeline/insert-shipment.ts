import type { SetAside } from "../collect/index.ts";
import type { History } from "../platform/history.ts";
import { isJsonObject } from "../platform/json.ts";
import { packLines, unpackLines } from "./history-rows.ts";
import type { OutboxRow } from "./queries/outbox.pg.ts";

/** ClickHouse's codes for data it cannot read: parsing, types, ranges, too many partitions. */
const DATA_CODES = new Set(
  "6 25 26 27 33 38 41 43 53 69 70 72 117 128 130 131 190 252 306 321 349 376 407 441 467".split(" "),
);
/** Too many partitions in one insert; of a single line, that too many parts wait to be merged. */
const TOO_MANY_PARTS = "252";

/** A batch without what History refused, and what it held when it was read. */
export interface RewrittenRow extends OutboxRow {
  readonly was: Buffer;
}

/** What of a shipment History will never take: to be kept elsewhere, and out of the batches it stood in. */
export interface Refused {
  readonly lines: SetAside[];
  readonly rewritten: RewrittenRow[];
}

/**
 * Inserts a shipment under its token; the lines that ClickHouse refuses are found by halving. The same halves carry
 * the same tokens at every retry, so that what went through stays once.
 */
export async function insertShipment(
  history: History,
  shipment: number,
  rows: readonly OutboxRow[],
): Promise<Refused | null> {
  const merges = rows.map((row) => sortMerges(row.merges));
  const told = merges.flatMap(({ good }) => good);
  if (told.length > 0) await history.insert("profile_overrides", told, { token: `merges-${shipment}` });
  const unpacked = rows.map(unpackRow);
  const isReadable = merges.every(({ bad }) => bad.length === 0) && unpacked.every((row) => "lines" in row);
  const token = `events-${shipment}`;
  if (isReadable) {
    const lines = Buffer.concat(unpacked.map((row) => ("lines" in row ? row.lines : NOTHING)));
    if (await isTaken(history, lines, token)) return null;
  }
  return await insertHalving(history, token, rows, unpacked, merges);
}

const NOTHING = Buffer.alloc(0);

type UnpackedRow = { readonly lines: Buffer } | { readonly reason: string };

function unpackRow(row: OutboxRow): UnpackedRow {
  try {
    return { lines: unpackLines(row.rows) };
  } catch (error) {
    return { reason: `unreadable: ${messageOf(error)}` };
  }
}

interface SortedMerges {
  readonly good: OutboxRow["merges"];
  readonly bad: readonly unknown[];
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function sortMerges(merges: unknown): SortedMerges {
  const all: unknown[] = Array.isArray(merges) ? merges : [merges];
  const bad = all.filter((one) => !isMerge(one));
  return { good: all.filter(isMerge), bad };
}

function isMerge(value: unknown): value is OutboxRow["merges"][number] {
  if (!isJsonObject(value)) return false;
  const { from_id: from, into_id: into, version } = value;
  return [from, into].every((id) => typeof id === "string" && UUID.test(id)) && Number.isSafeInteger(version);
}

async function insertHalving(
  history: History,
  token: string,
  rows: readonly OutboxRow[],
  unpacked: readonly UnpackedRow[],
  merges: readonly SortedMerges[],
): Promise<Refused> {
  const ofRow = unpacked.map((row) => ("lines" in row ? linesOf(row.lines) : []));
  const all = ofRow.flat();
  const reasons = await insertLines(history, all, token);
  const lines = [...reasons].map(([i, reason]) => aside(reason, Buffer.from(all[i] ?? "")));
  let before = 0;
  const rewritten = rows.flatMap((row, i) => {
    const [own, content, told] = [ofRow[i] ?? [], unpacked[i], merges[i]];
    const first = before;
    before += own.length;
    if (content && "reason" in content) lines.push(aside(content.reason, row.rows));
    for (const bad of told?.bad ?? []) lines.push(aside("it is no merge", Buffer.from(JSON.stringify(bad))));
    const taken = own.filter((_, j) => !reasons.has(first + j));
    const isWhole = content && "lines" in content && taken.length === own.length && told?.bad.length === 0;
    return isWhole
      ? []
      : [{ id: row.id, n: taken.length, was: row.rows, rows: packLines(taken), merges: told?.good ?? [] }];
  });
  return { lines, rewritten };
}

/** Lines of erased people are empty: each keeps its place, and with it the tokens of the halves. */
function linesOf(lines: Buffer): string[] {
  const all = lines.toString("utf8").split("\n");
  return all.at(-1) === "" ? all.slice(0, -1) : all;
}

/** Inserts lines, halving where they are refused; the reason beside the place of each that History will not take. */
async function insertLines(history: History, all: readonly string[], token: string): Promise<Map<number, string>> {
  const reasons = new Map<number, string>();

  async function insert(from: number, to: number): Promise<void> {
    const some = all.slice(from, to).filter(Boolean);
    if (some.length === 0) return;
    const text = `${some.join("\n")}\n`;
    try {
      await history.insertRaw("events", text, `${token}:${from}-${to}`);
    } catch (error) {
      if (!isRefusal(error) || (to - from === 1 && error.code === TOO_MANY_PARTS)) throw error;
      if (to - from === 1) {
        reasons.set(from, error.message);
        return;
      }
      const middle = (from + to) >> 1;
      await insert(from, middle);
      await insert(middle, to);
    }
  }

  await insert(0, all.length);
  return reasons;
}

async function isTaken(history: History, lines: Buffer, token: string): Promise<boolean> {
  try {
    await history.insertRaw("events", lines, token);
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return false;
  }
}

function aside(reason: string, content: Buffer): SetAside {
  return { stage: "outbox", reason, event: null, raw: content.toString("base64") };
}

function isRefusal(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && DATA_CODES.has(String(error.code));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
