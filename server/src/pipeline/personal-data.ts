import type { Places } from "../identity/index.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import type { DistantData, ExportPage, Person } from "../platform/personal-data.ts";
import { eraseFromRows, type HistoryRow, unpackRows } from "./history-rows.ts";
import { countEventsOf, deleteEventsOf, type EventPlace, readEventsOf } from "./queries/events-of.ch.ts";
import { isShippedUpTo, readUnshippedOf } from "./queries/outbox.pg.ts";
import {
  forgetHistoryWork,
  lockBatch,
  readBatchesOf,
  readHandedOver,
  writeBatchWithout,
} from "./queries/outbox-of.pg.ts";
import { repeatKey } from "./queries/seen.pg.ts";

/** The batches on their way to History and those kept for some days after: rewritten without the person. */
export const outboxData: DistantData = {
  async erase(db, person) {
    const { profileIds } = person;
    const isHers = await linesOf(db, person);
    const removed = { batches: 0, batch_events: 0 };
    for (const id of await readBatchesOf(db, [...profileIds, ...person.under])) {
      await inTransaction(db, async (tx) => {
        const packed = await lockBatch(tx, id);
        if (!packed) return;
        const { rows, erased } = eraseFromRows(packed, isHers);
        await writeBatchWithout(tx, id, rows, profileIds);
        removed.batches += 1;
        removed.batch_events += erased;
      });
    }
    await forgetHistoryWork(db, profileIds);
    return { removed };
  },
  // What has not been shipped yet is told with History, once.
  async *exportOf() {},
};

/** Every event of the person in History, under whatever id it was written. */
export function historyData(history: History): DistantData {
  return {
    async erase(db, person, { outbox }) {
      if (!(await isShippedUpTo(db, outbox))) return null;
      const places = placesIn(person);
      const events = await countEventsOf(history, places);
      await deleteEventsOf(history, places);
      return { removed: { events } };
    },
    exportOf: (db, person) => exportEvents(db, history, person),
  };
}

function placesIn({ profileIds, under, guests }: Person): Places {
  return { ids: profileIds, under, guests };
}

/** Which lines of batches are the person's: batches keep the ids of before a separation. */
async function linesOf(db: Db, { profileIds, under, guests }: Person): Promise<(row: HistoryRow) => boolean> {
  const own = new Set(profileIds);
  const lodged = new Set(under);
  const [hers, theirs] = await Promise.all([
    under.length > 0 ? readHandedOver(db, profileIds) : NOTHING,
    guests.length > 0 ? readHandedOver(db, guests) : NOTHING,
  ]);
  return (row) =>
    own.has(row.profile_id)
      ? !theirs.has(repeatKey(toEvent(row)))
      : lodged.has(row.profile_id) && hers.has(repeatKey(toEvent(row)));
}

const NOTHING: ReadonlySet<string> = new Set();

function toEvent(row: HistoryRow) {
  return { source: row.source, messageId: row.message_id };
}

const PAGE = 1_000;

/** The whole timeline, oldest first; at its end what is still on its way. That is read first, so that nothing is missed. */
async function* exportEvents(db: Db, history: History, person: Person): AsyncGenerator<ExportPage> {
  const isHers = await linesOf(db, person);
  const waiting = new Map<string, HistoryRow>();
  for (const batch of await readUnshippedOf(db, [...person.profileIds, ...person.under]))
    for (const row of unpackRows(batch.rows)) if (isHers(row)) waiting.set(keyOf(row), row);
  for (let after: EventPlace | null = null; ; ) {
    const page: HistoryRow[] = await readEventsOf(history, placesIn(person), { after, limit: PAGE });
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
