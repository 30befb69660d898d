import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";
import { jointly } from "../../platform/jointly.ts";
import type { Annotations } from "../contracts.ts";

export interface ItemRow extends Annotations {
  readonly cart_id: string;
  readonly variant_id: string;
  readonly quantity: number;
  readonly added_at: string;
  readonly updated_at: string;
  /** The device it was put in on. */
  readonly added_by: string | null;
  readonly author_kind: "shopper" | "associate";
  readonly author_name: string | null;
}

const COLUMNS = sql.raw(
  `cart_id, variant_id, quantity, added_at, updated_at, added_by, note, photo_id, dimensions, store_id, chat_url,
   author_kind, author_name`,
);

/** What lies in some carts, in the order in which it was put in. */
export async function loadItems(db: Db, cartIds: readonly string[]): Promise<ItemRow[]> {
  return (await jointly(db, loadAll, cartIds)).filter((row) => cartIds.includes(row.cart_id));
}

function loadAll(db: Db, cartIds: readonly string[]): Promise<ItemRow[]> {
  return rows(
    db,
    sql<ItemRow>`
      select ${COLUMNS} from lists.cart_item
      where cart_id = any(${list("uuid", cartIds)}) order by added_at, variant_id`,
  );
}

export async function saveItem(tx: Tx, item: ItemRow): Promise<void> {
  await sql`
    insert into lists.cart_item (${COLUMNS})
    select ${COLUMNS} from jsonb_populate_record(null::lists.cart_item, ${JSON.stringify(item)}::jsonb)
    on conflict (cart_id, variant_id) do update
      set quantity = excluded.quantity, updated_at = excluded.updated_at, note = excluded.note,
          photo_id = excluded.photo_id, dimensions = excluded.dimensions, store_id = excluded.store_id,
          chat_url = excluded.chat_url`.execute(tx);
}

/** Takes variants out of some carts; answers with what was there. */
export async function removeItems(
  tx: Tx,
  cartIds: readonly string[],
  variantIds: readonly string[],
): Promise<ItemRow[]> {
  const pairs = cartIds.flatMap((cartId) => variantIds.map((variantId) => ({ cartId, variantId })));
  return (await jointly(tx, removeAll, pairs)).filter((row) => cartIds.includes(row.cart_id));
}

interface CartLine {
  readonly cartId: string;
  readonly variantId: string;
}

function removeAll(tx: Db, lines: readonly CartLine[]): Promise<ItemRow[]> {
  const of = (key: keyof CartLine) =>
    list(
      "uuid",
      lines.map((line) => line[key]),
    );
  return rows(
    tx,
    sql<ItemRow>`
      delete from lists.cart_item
      where (cart_id, variant_id) in (select * from unnest(${of("cartId")}, ${of("variantId")}))
      returning ${COLUMNS}`,
  );
}

/**
 * Lays what is in one cart into another. Where both have a variant, the quantity of the first replaces that of the
 * other, or (`keep`) gives way to it; what was said beside it is said on where the other said nothing.
 */
export async function pourItems(tx: Tx, from: string, into: string, at: string, keep = false): Promise<void> {
  await sql`
    update lists.photo set cart_id = ${into} where cart_id = ${from}`.execute(tx);
  await sql`
    insert into lists.cart_item as mine (${COLUMNS})
    select ${into}, variant_id, quantity, added_at, ${at}, added_by, note, photo_id, dimensions, store_id, chat_url,
      author_kind, author_name
    from lists.cart_item where cart_id = ${from}
    on conflict (cart_id, variant_id) do update
      set quantity = case when ${keep} then mine.quantity else excluded.quantity end,
          updated_at = case when ${keep} then mine.updated_at else excluded.updated_at end,
          note = coalesce(mine.note, excluded.note), photo_id = coalesce(mine.photo_id, excluded.photo_id),
          dimensions = coalesce(mine.dimensions, excluded.dimensions),
          store_id = coalesce(mine.store_id, excluded.store_id),
          chat_url = coalesce(mine.chat_url, excluded.chat_url)`.execute(tx);
}
