import { readItems } from "../../catalog/index.ts";
import { available } from "../../inventory/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { compare } from "./compare.ts";
import { insertNews } from "./queries/news.pg.ts";
import { dropUnlisted, lockWatched, saveWatched, type WatchedRow } from "./queries/watched.pg.ts";

export interface NewsDeps {
  readonly db: Db;
  readonly clock: Clock;
}

const PAGE = 500;

/** Compares these watched variants with what is true now, and notes what there is to tell. */
export async function lookAtVariants({ db, clock }: NewsDeps, ids: readonly string[]): Promise<void> {
  await inTransaction(db, async (tx) => look(tx, clock, await lockWatched(tx, { ids })));
}

/** All of them, page by page: whatever notice was lost, the truth is told in the end. */
export async function lookAtAll({ db, clock }: NewsDeps, signal: AbortSignal): Promise<void> {
  let after: string | null = null;
  do {
    after = await inTransaction(db, async (tx) => {
      const page: WatchedRow[] = await lockWatched(tx, { after, limit: PAGE });
      await look(tx, clock, page);
      return page.length < PAGE ? null : (page.at(-1)?.variant_id ?? null);
    });
  } while (after !== null && !signal.aborted);
}

async function look(tx: Tx, clock: Clock, watched: readonly WatchedRow[]): Promise<void> {
  if (watched.length === 0) return;
  const ids = watched.map((row) => row.variant_id);
  const known = await readItems(tx, ids);
  const stock = await available(tx, clock, ids);
  const findings = watched.flatMap((row) => {
    const item = known.get(row.variant_id);
    if (!item) return [];
    const { amount: price, currency } = item.price;
    return [compare(row, { price, currency, available: stock.get(row.variant_id)?.web ?? 0 })];
  });
  const at = clock.now().toString();
  await saveWatched(
    tx,
    findings.map((finding) => finding.watched),
    at,
  );
  const news = findings.flatMap(({ watched: { variant_id }, news: told }) =>
    told.map((each) => ({ id: newId(clock), variant_id, ...each })),
  );
  await insertNews(tx, news, at);
  await dropUnlisted(tx, ids);
}
