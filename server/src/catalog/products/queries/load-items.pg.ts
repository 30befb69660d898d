import { anyOf, type Db, rows, sql } from "../../../platform/db.ts";
import { allEnded, jointly } from "../../../platform/jointly.ts";
import type { Market } from "../../contracts.ts";

export interface ItemRow {
  readonly variant_id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly gtin: string | null;
  readonly size: string | null;
  readonly color: string | null;
  readonly price: number;
  readonly currency: string;
  readonly title: string;
  readonly titles: Record<string, string>;
  readonly brand: string;
  readonly category_id: string;
  readonly photo_id: string | null;
  readonly is_archived: boolean;
}

const FACTS = sql.raw(`v.id as variant_id, v.product_id, v.sku, v.gtin, v.size, v.color,
  p.title, p.titles, p.brand, p.category_id, coalesce(v.photo_id, p.photo_id) as photo_id,
  v.archived_at is not null or p.archived_at is not null as is_archived`);

/** What carts, orders and messages say about a variant, at its own price or that of a market. Leans on the key of price. */
export async function loadItems(db: Db, variantIds: readonly string[], market: Market = {}): Promise<ItemRow[]> {
  const found = await jointly(
    db,
    loadMarkets,
    variantIds.map((variantId) => ({ variantId, market })),
  );
  const name = nameOf(market);
  return found.flatMap(({ row, market: of }) => (of === name && variantIds.includes(row.variant_id) ? [row] : []));
}

interface Wanted {
  readonly variantId: string;
  readonly market: Market;
}

function nameOf({ currency, region }: Market): string {
  return `${currency} ${region}`;
}

async function loadMarkets(db: Db, wanted: readonly Wanted[]): Promise<{ row: ItemRow; market: string }[]> {
  const markets = Map.groupBy(wanted, ({ market }) => nameOf(market));
  const found = [...markets].map(async ([name, alike]) => {
    const ids = [...new Set(alike.map(({ variantId }) => variantId))];
    return (await loadOfMarket(db, ids, alike[0]?.market ?? {})).map((row) => ({ row, market: name }));
  });
  return (await allEnded(found)).flat();
}

function loadOfMarket(db: Db, variantIds: readonly string[], { currency, region }: Market): Promise<ItemRow[]> {
  if (currency === undefined) {
    return rows(
      db,
      sql<ItemRow>`
        select ${FACTS}, v.price, v.currency from catalog.variant v join catalog.product p on p.id = v.product_id
        where v.id ${anyOf("uuid", variantIds)}`,
    );
  }
  return rows(
    db,
    sql<ItemRow>`
      select ${FACTS}, coalesce(m.amount, v.price) as price, coalesce(m.currency, v.currency) as currency
      from catalog.variant v join catalog.product p on p.id = v.product_id
      left join lateral (
        select amount, currency from catalog.price
        where variant_id = v.id and currency = ${currency} and region in ('', ${region ?? ""})
        order by region desc limit 1
      ) m on true
      where v.id ${anyOf("uuid", variantIds)}`,
  );
}

/** The ids of all variants of some products, by product, in their order. */
export async function loadVariantIds(db: Db, productIds: readonly string[]): Promise<Map<string, string[]>> {
  const found = await rows(
    db,
    sql<{ id: string; product_id: string }>`
      select id, product_id from catalog.variant
      where product_id ${anyOf("uuid", productIds)} order by product_id, position`,
  );
  return new Map([...Map.groupBy(found, (row) => row.product_id)].map(([id, of]) => [id, of.map((row) => row.id)]));
}
