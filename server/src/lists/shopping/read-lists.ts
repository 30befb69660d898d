import { type Market, readItems } from "../../catalog/index.ts";
import { findProfile } from "../../identity/index.ts";
import { available } from "../../inventory/index.ts";
import type { Bus } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/db.ts";
import type { ListItem, ListSummary, ShoppingList } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { marketOfOwner } from "../read-cart.ts";
import { showItem } from "../show-item.ts";
import { type LookDeps, lookAtList, type OpenList } from "./open-list.ts";
import { type ItemRow, loadItems, loadLiveItems } from "./queries/items.pg.ts";
import { type ListRow, loadListsOf } from "./queries/lists.pg.ts";
import type { Viewer } from "./viewer.ts";
import { listenForChange } from "./wait-for-change.ts";

/** A list as it stands; with `after`, what has changed since that number. */
export async function showList(db: Db, clock: Clock, open: OpenList, after = 0): Promise<ShoppingList> {
  const { list, right } = open;
  const items = await loadItems(db, [list.id], after);
  const live = items.filter((item) => item.removed_at === null);
  const count = after === 0 ? live.length : (await loadLiveItems(db, [list.id])).length;
  return {
    ...headOf(list, count),
    right,
    // Of what was changed while we read, the caller hears by asking again from here.
    seq: items.reduce((most, item) => Math.max(most, item.seq), Math.min(after, list.seq)),
    items: await showItems(db, clock, live, await marketOfOwner(db, list)),
    removed: items.flatMap(({ id, removal }) => (removal === null || after === 0 ? [] : [{ id, removal }])),
  };
}

function headOf(list: ListRow, count: number): Omit<ListSummary, "image_urls"> {
  const { id, kind, name, origin, store_id, updated_at } = list;
  return { id, kind, name, origin, store_id, count, updated_at };
}

export interface Look {
  readonly after: number;
  readonly waitMs: number;
  readonly gone: AbortSignal;
}

/** A look at a list that waits, if told, until there is something new to see. */
export async function readList(
  deps: LookDeps & { readonly db: Db; readonly bus: Bus },
  viewer: Viewer,
  id: string,
  { after, waitMs, gone }: Look,
): Promise<ShoppingList> {
  const { db, clock, bus } = deps;
  const ear = listenForChange(bus, id);
  const open = await lookAtList(db, deps, viewer, id).catch(async (error: unknown) => {
    await ear.wait(0, gone);
    throw error;
  });
  const isNew = waitMs === 0 || open.list.seq > after;
  await ear.wait(isNew ? 0 : waitMs, gone);
  return showList(db, clock, isNew ? open : await lookAtList(db, deps, viewer, id), after);
}

/** Everything on a person's lists, her devices' among them: for staff and what is decided about her. */
export async function listsOfPerson(db: Db, ref: string): Promise<ListSummary[]> {
  const profileId = await findProfile(db, ref);
  if (profileId === null) throw refuse("profile_not_found");
  return summarise(db, await loadListsOf(db, profileId));
}

const PICTURES = 4;

export async function summarise(db: Db, lists: readonly ListRow[]): Promise<ListSummary[]> {
  const items = await loadLiveItems(
    db,
    lists.map((list) => list.id),
  );
  const of = Map.groupBy(items, (item) => item.list_id);
  const newest = lists.flatMap((list) => (of.get(list.id) ?? []).slice(-PICTURES));
  const known = await readItems(
    db,
    newest.map((item) => item.variant_id),
  );
  return lists.map((list) => {
    const on = of.get(list.id) ?? [];
    const image_urls = on.slice(-PICTURES).flatMap(({ variant_id }) => known.get(variant_id)?.imageUrl ?? []);
    return { ...headOf(list, on.length), image_urls: image_urls.reverse() };
  });
}

/** Items with what the catalogue and the stock say of them, at the prices of a market. */
export async function showItems(
  db: Db,
  clock: Clock,
  items: readonly ItemRow[],
  market: Market = {},
): Promise<ListItem[]> {
  const ids = [...new Set(items.map((item) => item.variant_id))];
  const [known, stock] = await Promise.all([readItems(db, ids, market), available(db, clock, ids)]);
  return items.flatMap((row) => {
    const item = known.get(row.variant_id);
    if (!item) return [];
    const shown = showItem(row, item, Math.max(0, stock.get(row.variant_id)?.web ?? 0));
    return [{ ...shown, id: row.id, price_when_added: { amount: row.price, currency: row.currency } }];
  });
}
