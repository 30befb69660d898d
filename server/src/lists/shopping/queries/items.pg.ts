import { anyOf, type Db, list, rows, sql, type Tx } from "../../../platform/db.ts";
import { jointly } from "../../../platform/jointly.ts";
import type { Annotations, AUTHORS, ListKind } from "../../contracts.ts";

export interface ItemRow extends Annotations {
  readonly list_id: string;
  readonly id: string;
  readonly variant_id: string;
  readonly quantity: number;
  readonly author_kind: (typeof AUTHORS)[number];
  readonly author_name: string | null;
  readonly price: number;
  readonly currency: string;
  readonly added_at: string;
  readonly updated_at: string;
  readonly seq: number;
  readonly removed_at: string | null;
  readonly removal: "removed" | "bought" | null;
}

const COLUMNS = sql.raw(
  `i.list_id, i.id, i.variant_id, i.quantity, i.note, i.photo_id, i.dimensions, i.store_id, i.chat_url, i.author_kind,
   i.author_name, i.price, i.currency, i.added_at, i.updated_at, i.seq, i.removed_at, i.removal`,
);

/** Items of some lists that changed after a number, those taken off among them. Leans on list_item (list_id, seq). */
export function loadItems(db: Db, listIds: readonly string[], after = 0): Promise<ItemRow[]> {
  return rows(
    db,
    sql<ItemRow>`
      select ${COLUMNS} from lists.list_item i where i.list_id ${anyOf("uuid", listIds)} and i.seq > ${after}
      order by i.added_at, i.id`,
  );
}

/** What is on some lists now. */
export function loadLiveItems(db: Db, listIds: readonly string[]): Promise<ItemRow[]> {
  return rows(
    db,
    sql<ItemRow>`
      select ${COLUMNS} from lists.list_item i
      where i.list_id ${anyOf("uuid", listIds)} and i.removed_at is null order by i.added_at, i.id`,
  );
}

/** What is on the lists of some people now, of one kind when asked so. Leans on list (profile_id). */
export function loadItemsOfPeople(
  db: Db,
  profileIds: readonly string[],
  kind: ListKind | null = null,
): Promise<(ItemRow & { readonly profile_id: string })[]> {
  return rows(
    db,
    sql<ItemRow & { profile_id: string }>`
      select ${COLUMNS}, l.profile_id from lists.list l join lists.list_item i on i.list_id = l.id
      where l.profile_id ${anyOf("uuid", profileIds)} and i.removed_at is null
        and (${kind}::text is null or l.kind = ${kind}) order by i.added_at, i.id`,
  );
}

export async function saveItems(tx: Tx, items: readonly ItemRow[]): Promise<void> {
  if (items.length === 0) return;
  await sql`
    insert into lists.list_item (list_id, id, variant_id, quantity, note, photo_id, dimensions, store_id, chat_url,
      author_kind, author_name, price, currency, added_at, updated_at, seq, removed_at, removal)
    select list_id, id, variant_id, quantity, note, photo_id, dimensions, store_id, chat_url, author_kind, author_name,
      price, currency, added_at, updated_at, seq, removed_at, removal
    from jsonb_populate_recordset(null::lists.list_item, ${JSON.stringify(items)}::jsonb)
    on conflict (list_id, id) do update set
      quantity = excluded.quantity, note = excluded.note, photo_id = excluded.photo_id,
      dimensions = excluded.dimensions, store_id = excluded.store_id, chat_url = excluded.chat_url,
      author_kind = excluded.author_kind, author_name = excluded.author_name, price = excluded.price,
      currency = excluded.currency, added_at = excluded.added_at, updated_at = excluded.updated_at,
      seq = excluded.seq, removed_at = excluded.removed_at, removal = excluded.removal`.execute(tx);
}

export interface BoughtFrom {
  readonly profileId: string | null;
  readonly listId: string | null;
}

interface BoughtGoods {
  readonly variantId: string;
  readonly quantity: number;
}

interface BoughtList {
  readonly id: string;
  readonly profile_id: string;
}

/**
 * What was bought leaves each of a person's lists, and the one that was brought to the till: so many as were bought, of
 * several lines of the same goods the oldest first. Answers with the lists it left.
 */
export async function markBought(
  tx: Tx,
  { profileId, listId }: BoughtFrom,
  goods: readonly BoughtGoods[],
  at: string,
): Promise<BoughtList[]> {
  const lines = goods.map((line) => ({ profileId, listId, ...line, at }));
  return (await jointly(tx, markAll, lines)).filter((found) => found.id === listId || found.profile_id === profileId);
}

interface BoughtLine extends BoughtFrom, BoughtGoods {
  readonly at: string;
}

/**
 * Stands in every order's transaction: whoever has nothing of it on a list pays for one look. Lists are locked in the order
 * of their ids, and only then read: of two who buy at once the second takes from what the first has left.
 */
async function markAll(tx: Db, bought: readonly BoughtLine[]): Promise<BoughtList[]> {
  const hit = await lockListsWith(tx, bought);
  return hit.length === 0 ? [] : takeFromLists(tx, hit, bought);
}

const of = (bought: readonly BoughtLine[], key: keyof BoughtFrom | "variantId") =>
  list(
    "uuid",
    bought.map((line) => line[key]),
  );

/** Leans on list (profile_id) and list_item (variant_id). */
async function lockListsWith(tx: Db, bought: readonly BoughtLine[]): Promise<string[]> {
  const found = await rows(
    tx,
    sql<{ id: string }>`
      with bought as (
        select * from unnest(${of(bought, "profileId")}, ${of(bought, "listId")}, ${of(bought, "variantId")})
          as b (profile_id, list_id, variant_id))
      select l.id from lists.list l
      where (l.profile_id = any(${of(bought, "profileId")}) or l.id = any(${of(bought, "listId")})) and exists (
        select from lists.list_item i join bought b on b.variant_id = i.variant_id
        where i.list_id = l.id and i.removed_at is null and (b.profile_id = l.profile_id or b.list_id = l.id))
      order by l.id for update`,
  );
  return found.map(({ id }) => id);
}

function takeFromLists(tx: Db, listIds: readonly string[], bought: readonly BoughtLine[]): Promise<BoughtList[]> {
  const at = bought[0]?.at;
  const quantities = list(
    "int4",
    bought.map(({ quantity }) => quantity),
  );
  return rows(
    tx,
    sql<BoughtList>`
      with bought as (
        select * from unnest(${of(bought, "profileId")}, ${of(bought, "listId")}, ${of(bought, "variantId")}, ${quantities})
          as b (profile_id, list_id, variant_id, quantity)),
      wanted as (
        select l.id as list_id, b.variant_id, sum(b.quantity) as quantity
        from lists.list l join bought b on b.profile_id = l.profile_id or b.list_id = l.id
        where l.id ${anyOf("uuid", listIds)} group by l.id, b.variant_id),
      line as (
        select i.list_id, i.id, i.quantity, w.quantity - coalesce(sum(i.quantity) over (
                 partition by i.list_id, i.variant_id order by i.added_at, i.id
                 rows between unbounded preceding and 1 preceding), 0) as left_over
        from lists.list_item i join wanted w on w.list_id = i.list_id and w.variant_id = i.variant_id
        where i.removed_at is null),
      taken as (select *, left_over >= quantity as is_all from line where left_over > 0),
      moved as (
        update lists.list l set seq = l.seq + 1, updated_at = ${at}
        where l.id in (select list_id from taken) returning l.id, l.profile_id, l.seq),
      gone as (
        update lists.list_item i set updated_at = ${at}, seq = moved.seq,
          quantity = case when taken.is_all then i.quantity else i.quantity - taken.left_over end,
          removed_at = case when taken.is_all then ${at}::timestamptz end,
          removal = case when taken.is_all then 'bought' end
        from taken join moved on moved.id = taken.list_id
        where i.list_id = taken.list_id and i.id = taken.id)
      select id, profile_id from moved`,
  );
}
