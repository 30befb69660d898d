import type { Db } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import { unpackRows } from "./history-rows.ts";
import { readBatch, readShippedBefore } from "./queries/outbox.pg.ts";

/** Batches compared in one question to History. */
const WINDOW = 500;

/**
 * Batches that State has down as shipped and History does not hold whole: the last ones when its machine lost power
 * (ClickHouse leaves them to the operating system for a while), many when it was restored from a backup. Looks from the
 * newest back until a whole window is there. What History has of them, too little or twice, is taken out of it, so
 * that they can be shipped anew.
 */
export async function findLost(db: Db, history: History): Promise<number[]> {
  const lost: number[] = [];
  for (let before: number | null = null; ; ) {
    const shipped = await readShippedBefore(db, before, WINDOW);
    const oldest = shipped.at(-1);
    if (!oldest) return lost;
    const held = await countHeld(history, oldest.id, shipped[0]?.id ?? oldest.id);
    const differing: number[] = [];
    for (const { id, n } of shipped) {
      const there = held.get(id) ?? 0;
      if (there !== n && there !== (await countKept(db, id))) differing.push(id);
    }
    if (differing.length === 0) return lost;
    const inPart = differing.filter((id) => held.has(id));
    if (inPart.length > 0) {
      await history.command("delete from events where batch in {batches:Array(UInt64)}", { batches: inPart });
    }
    lost.push(...differing);
    before = oldest.id;
  }
}

/** Lines that a batch holds by now: those of an erased person may be out of it. */
async function countKept(db: Db, id: number): Promise<number> {
  const rows = await readBatch(db, id);
  return rows === null ? 0 : unpackRows(rows).filter((line) => line.batch === id).length;
}

async function countHeld(history: History, from: number, to: number): Promise<Map<number, number>> {
  const found = await history.query<{ batch: number; n: number }>(
    `select batch, count() as n from events where batch >= {from:UInt64} and batch <= {to:UInt64} group by batch`,
    { from, to },
  );
  return new Map(found.map(({ batch, n }) => [Number(batch), Number(n)]));
}
