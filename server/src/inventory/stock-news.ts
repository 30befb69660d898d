import { append, newEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { availableAt, type StockNews, stockNews } from "./arithmetic.ts";
import type { LevelRow } from "./queries/lock-levels.pg.ts";

/** Available per variant, and within it per channel and per store. */
export type Numbers = ReadonlyMap<string, ReadonlyMap<string, number>>;

const STORE = "store:";

/** What each channel may sell (the signed sum over its places), and what may be picked up at each store. */
export function numbersOf(levels: ReadonlyMap<string, readonly LevelRow[]>): Numbers {
  return new Map(
    [...levels].map(([variantId, rows]) => {
      const numbers = new Map<string, number>();
      for (const row of rows) {
        const available = availableAt(row);
        for (const channel of row.channels) numbers.set(channel, (numbers.get(channel) ?? 0) + available);
        if (row.store_id !== null) numbers.set(STORE + row.store_id, available);
      }
      return [variantId, numbers];
    }),
  );
}

/** Writes "Stock Changed" for every channel and store whose number ran low, out or came back. */
export async function tellNews(
  tx: Tx,
  clock: Clock,
  before: Numbers,
  levels: ReadonlyMap<string, readonly LevelRow[]>,
): Promise<void> {
  const news = [...numbersOf(levels)].flatMap(([variantId, numbers]) =>
    newsOf(before.get(variantId), numbers).map((told) => {
      const product_id = levels.get(variantId)?.[0]?.product_id ?? null;
      const properties = { product_id, variant_id: variantId, ...told };
      return newEvent(clock, { messageId: newId(clock), source: "inventory", name: "Stock Changed", properties });
    }),
  );
  await append(tx, news);
}

type News = {
  readonly channel: string;
  readonly channels?: string[];
  readonly store_id?: string;
  readonly state: StockNews;
  readonly available: number;
};

/** One per store, and one for all channels together whose numbers changed alike: most sell from the same places. */
function newsOf(before: ReadonlyMap<string, number> | undefined, numbers: ReadonlyMap<string, number>): News[] {
  const changed = [...numbers].flatMap(([place, after]) => {
    const state = stockNews(before?.get(place) ?? 0, after);
    return state === null ? [] : [{ place, state, available: Math.max(0, after) }];
  });
  const alike = Map.groupBy(changed, ({ place, state, available }) =>
    place.startsWith(STORE) ? place : `${state} ${available}`,
  );
  return [...alike].flatMap(([key, [first, ...others]]): News[] => {
    if (!first) return [];
    const { place, state, available } = first;
    if (key === place) return [{ channel: "store", store_id: place.slice(STORE.length), state, available }];
    return [{ channel: place, channels: [place, ...others.map((other) => other.place)], state, available }];
  });
}
