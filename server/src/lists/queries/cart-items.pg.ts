import { anyOf, type Db, list, rows, sql, type Tx } from "../../platform/db.ts";
import { jointly } from "../../platform/jointly.ts";
import type { Annotations, AUTHORS } from "../contracts.ts";

export interface ItemRow extends Annotations {
  readonly cart_id: string;
  readonly variant_id: string;
  readonly quantity: number;
  readonly added_at: string;
  readonly updated_at: string;
  /** The device it was put in on. */
  readonly added_by: string | null;
  readonly author_kind: (typeof AUTHORS)[number];
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
      where cart_id ${anyOf("uuid", cartIds)} order by added_at, variant_id`,
  );
}

export async function saveItems(tx: Tx, items: readonly ItemRow[]): Promise<void> {
  await sql`
    insert into lists.cart_item (${COLUMNS})
    select ${COLUMNS} from jsonb_populate_recordset(null::lists.cart_item, ${JSON.stringify(items)}::jsonb)
    on conflict (cart_id, variant_id) do update
      set quantity = excluded.quantity, updated_at = excluded.updated_at, note = excluded.note,
          photo_id = excluded.photo_id, dimensions = excluded.dimensions, store_id = excluded.store_id,
          chat_url = excluded.chat_url`.execute(tx);
}

/** Takes variants out of some carts altogether. */
export async function removeItems(tx: Tx, cartIds: readonly string[], variantIds: readonly string[]): Promise<void> {
  await sql`
    delete from lists.cart_item
    where cart_id ${anyOf("uuid", cartIds)} and variant_id ${anyOf("uuid", variantIds)}`.execute(tx);
}

export interface Goods {
  readonly variantId: string;
  readonly quantity: number;
}

/**
 * Takes so many out of one person's carts. A variant in several of them counts as it was last set: that line loses what was
 * bought, the older ones go. Answers with the carts it left. They must be locked.
 */
export async function takeItems(
  tx: Tx,
  cartIds: readonly string[],
  goods: readonly Goods[],
  at: string,
): Promise<string[]> {
  const person = cartIds.toSorted()[0];
  if (person === undefined) return [];
  const lines = cartIds.flatMap((cartId) => goods.map((line) => ({ ...line, cartId, person, at })));
  return (await jointly(tx, takeAll, lines)).flatMap(({ cart_id }) => (cartIds.includes(cart_id) ? [cart_id] : []));
}

interface CartLine extends Goods {
  readonly cartId: string;
  /** Tells the carts of one person from those of others. */
  readonly person: string;
  readonly at: string;
}

function takeAll(tx: Db, lines: readonly CartLine[]): Promise<{ readonly cart_id: string }[]> {
  const of = (key: "cartId" | "variantId" | "person") =>
    list(
      "uuid",
      lines.map((line) => line[key]),
    );
  const quantities = list(
    "int4",
    lines.map(({ quantity }) => quantity),
  );
  return rows(
    tx,
    sql<{ cart_id: string }>`
      with wanted as (
        select cart_id, variant_id, person, sum(quantity) as quantity
        from unnest(${of("cartId")}, ${of("variantId")}, ${of("person")}, ${quantities})
          as w (cart_id, variant_id, person, quantity) group by cart_id, variant_id, person),
      line as (
        select c.cart_id, c.variant_id, w.quantity as bought, row_number() over (
                 partition by w.person, c.variant_id order by c.updated_at desc, c.cart_id) > 1 as is_older
        from lists.cart_item c join wanted w on w.cart_id = c.cart_id and w.variant_id = c.variant_id),
      less as (
        update lists.cart_item c set quantity = c.quantity - line.bought from line
        where c.cart_id = line.cart_id and c.variant_id = line.variant_id
          and not line.is_older and c.quantity > line.bought
        returning c.cart_id),
      gone as (
        delete from lists.cart_item c using line
        where c.cart_id = line.cart_id and c.variant_id = line.variant_id
          and (line.is_older or c.quantity <= line.bought)
        returning c.cart_id)
      select cart_id from less union select cart_id from gone`,
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
