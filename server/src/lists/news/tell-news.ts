import { asEventProduct, type Item, readItems } from "../../catalog/index.ts";
import { append, newEvent } from "../../collect/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { toMajor } from "../../platform/money.ts";
import type { NewsDeps } from "./look-at-variants.ts";
import { type ConcernedRow, loadConcerned, markTold, type NewsRow, takeNews } from "./queries/news.pg.ts";

const NAMES = { low: "List Item Low", back: "List Item Back", price: "List Item Price Dropped" } as const;
const PAGE = 500;

/** Tells a page of the people whom the oldest news concerns; false when there is nothing more to tell. */
export async function tellSome({ db, clock }: NewsDeps): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const news = await takeNews(tx);
    if (!news) return false;
    const concerned = await loadConcerned(tx, news, PAGE);
    const item = (await readItems(tx, [news.variant_id])).get(news.variant_id);
    if (item) await tell(tx, clock, news, item, concerned);
    await markTold(tx, news.id, concerned.length < PAGE ? null : (concerned.at(-1) ?? null));
    return true;
  });
}

async function tell(
  tx: Tx,
  clock: Clock,
  news: NewsRow,
  item: Item,
  concerned: readonly ConcernedRow[],
): Promise<void> {
  const facts = factsOf(news);
  const told = concerned.filter((row) => isNewsTo(row, news));
  // Somebody may have it on two lists: she hears of it once.
  const perPerson = new Map(told.map((row) => [row.profile_id, row]));
  await append(
    tx,
    [...perPerson.values()].map((row) =>
      newEvent(clock, {
        messageId: newId(clock),
        source: "lists",
        name: NAMES[news.kind],
        profileId: row.profile_id,
        properties: {
          ...asEventProduct(item, row.quantity),
          ...facts,
          ...(news.kind === "price" ? { price_when_added: toMajor(row.price, row.currency) } : {}),
          list_id: row.list_id,
          list_kind: row.kind,
        },
      }),
    ),
  );
}

/** A price that is still above what it cost when she put it there is no drop for her. */
function isNewsTo(row: ConcernedRow, { kind, facts }: NewsRow): boolean {
  return kind !== "price" || (row.currency === facts.currency && Number(facts.price) < row.price);
}

/** Money as events carry it, in major units. */
function factsOf({ kind, facts }: NewsRow) {
  if (kind !== "price") return { available: facts.available ?? 0 };
  const currency = String(facts.currency);
  return {
    price: toMajor(Number(facts.price), currency),
    former_price: toMajor(Number(facts.former), currency),
    currency,
  };
}
