import { type Db, inTransaction } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import type { DistantData, ExportPage } from "../platform/personal-data.ts";
import { eraseFromRows, type HistoryRow, unpackRows } from "./history-rows.ts";
import { countEventsOf, deleteEventsOf, type EventPlace, readEventsOf } from "./queries/events-of.ch.ts";
import { isShippedUpTo, readUnshippedOf } from "./queries/outbox.pg.ts";
import { forgetRewrites, lockBatch, readBatchesOf, writeBatchWithout } from "./queries/outbox-of.pg.ts";

/** The batches on their way to History and those kept for some days after: rewritten without the person. */
export const outboxData: DistantData = {
  async erase(db, { profileIds }) {
    const gone = new Set(profileIds);
    const removed = { batches: 0, batch_events: 0 };
    for (const id of await readBatchesOf(db, profileIds)) {
      await inTransaction(db, async (tx) => {
        const packed = await lockBatch(tx, id);
        if (!packed) return;
        const { rows, erased } = eraseFromRows(packed, gone);
        await writeBatchWithout(tx, id, rows, profileIds);
        removed.batches += 1;
        removed.batch_events += erased;
      });
    }
    await forgetRewrites(db, profileIds);
    return { removed };
  },
  // What has not been shipped yet is told with History, once.
  async *exportOf() {},
};

/** Every event of the person in History, under whatever id it was written. */
export function historyData(history: History): DistantData {
  return {
    async erase(db, { profileIds }, { outbox }) {
      if (!(await isShippedUpTo(db, outbox))) return null;
      const events = await countEventsOf(history, profileIds);
      await deleteEventsOf(history, profileIds);
      return { removed: { events } };
    },
    exportOf: (db, { profileIds }) => exportEvents(db, history, profileIds),
  };
}

const PAGE = 1_000;

/** The whole timeline, oldest first; at its end what is still on its way. That is read first, so that nothing is missed. */
async function* exportEvents(db: Db, history: History, profileIds: readonly string[]): AsyncGenerator<ExportPage> {
  const ids = new Set(profileIds);
  const waiting = new Map<string, HistoryRow>();
  for (const batch of await readUnshippedOf(db, profileIds))
    for (const row of unpackRows(batch.rows)) if (ids.has(row.profile_id)) waiting.set(keyOf(row), row);
  for (let after: EventPlace | null = null; ; ) {
    const page: HistoryRow[] = await readEventsOf(history, { profileIds, after, limit: PAGE });
    for (const row of page) waiting.delete(keyOf(row));
    if (page.length > 0) yield { kind: "events", rows: page.map(show) };
    const last = page.at(-1);
    if (page.length < PAGE || !last) break;
    after = last;
  }
  if (waiting.size > 0) yield { kind: "events", rows: [...waiting.values()].map(show) };
}

function keyOf(row: HistoryRow): string {
  return `${row.source} ${row.message_id} ${row.name}`;
}

/** As the API shows events: what is text in History is JSON again. */
function show(row: HistoryRow) {
  const { batch: _, historical, properties, traits, context, ...facts } = row;
  return {
    ...facts,
    historical: historical === 1,
    properties: JSON.parse(properties) as unknown,
    traits: JSON.parse(traits) as unknown,
    context: JSON.parse(context) as unknown,
  };
}
