import type { SetAside } from "../collect/index.ts";
import type { History } from "../platform/history.ts";
import { packLines, unpackLines } from "./history-rows.ts";
import type { OutboxRow } from "./queries/outbox.pg.ts";

/** ClickHouse's codes for data it cannot read: parsing, types, ranges, too many partitions. */
const DATA_CODES = new Set([
  "6",
  "26",
  "27",
  "33",
  "38",
  "41",
  "53",
  "69",
  "70",
  "72",
  "117",
  "131",
  "190",
  "252",
  "321",
  "376",
  "441",
]);

/** What of a shipment History will never take: to be kept elsewhere, and out of the batches it stood in. */
export interface Refused {
  readonly lines: SetAside[];
  readonly rewritten: Omit<OutboxRow, "merges">[];
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
  const merges = rows.flatMap((row) => row.merges);
  if (merges.length > 0) await history.insert("profile_overrides", merges, { token: `merges-${shipment}` });
  const lines = Buffer.concat(rows.map((row) => unpackLines(row.rows)));
  try {
    await history.insertRaw("events", lines, `events-${shipment}`);
    return null;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return await insertHalving(history, `events-${shipment}`, rows);
  }
}

async function insertHalving(history: History, token: string, rows: readonly OutboxRow[]): Promise<Refused> {
  const ofRow = rows.map((row) => unpackLines(row.rows).toString("utf8").split("\n").filter(Boolean));
  const all = ofRow.flat();
  const reasons = new Map<number, string>();

  async function insert(from: number, to: number): Promise<void> {
    if (from >= to) return;
    try {
      await history.insertRaw("events", `${all.slice(from, to).join("\n")}\n`, `${token}:${from}-${to}`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (to - from === 1) {
        reasons.set(from, error instanceof Error ? error.message : String(error));
        return;
      }
      const middle = (from + to) >> 1;
      await insert(from, middle);
      await insert(middle, to);
    }
  }

  await insert(0, all.length);
  let before = 0;
  const rewritten = rows.flatMap((row, i) => {
    const lines = ofRow[i] ?? [];
    const first = before;
    before += lines.length;
    const taken = lines.filter((_, j) => !reasons.has(first + j));
    return taken.length === lines.length ? [] : [{ id: row.id, n: taken.length, rows: packLines(taken) }];
  });
  const lines = [...reasons].map(([i, reason]) => ({
    stage: "outbox" as const,
    reason,
    event: null,
    raw: Buffer.from(all[i] ?? "").toString("base64"),
  }));
  return { lines, rewritten };
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && DATA_CODES.has(String(error.code));
}
