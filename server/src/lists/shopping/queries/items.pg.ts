import { type Db, list, rows, sql, type Tx } from "../../../platform/db.ts";
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
      select ${COLUMNS} from lists.list_item i where i.list_id = any(${list("uuid", listIds)}) and i.seq > ${after}
      order by i.added_at, i.id`,
  );
}

/** What is on some lists now. */
export function loadLiveItems(db: Db, listIds: readonly string[]): Promise<ItemRow[]> {
  return rows(
    db,
    sql<ItemRow>`
      select ${COLUMNS} from lists.list_item i
      where i.list_id = any(${list("uuid", listIds)}) and i.removed_at is null order by i.added_at, i.id`,
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
      where l.profile_id = any(${list("uuid", profileIds)}) and i.removed_at is null
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

interface BoughtList {
  readonly id: string;
  readonly profile_id: string;
}

/** What was bought leaves a person's lists, and the one that was brought to the till. Answers with those it left. */
export async function markBought(
  tx: Tx,
  { profileId, listId }: BoughtFrom,
  variantIds: readonly string[],
  at: string,
): Promise<BoughtList[]> {
  const lines = variantIds.map((variantId) => ({ profileId, listId, variantId, at }));
  return (await jointly(tx, markAll, lines)).filter((found) => found.id === listId || found.profile_id === profileId);
}

interface BoughtLine extends BoughtFrom {
  readonly variantId: string;
  readonly at: string;
}

/**
 * In one statement, for it stands in every order's transaction. Lists are locked in the order of their ids. Leans on list
 * (profile_id) and list_item (variant_id).
 */
function markAll(tx: Db, bought: readonly BoughtLine[]): Promise<BoughtList[]> {
  const of = (key: keyof BoughtFrom | "variantId") =>
    list(
      "uuid",
      bought.map((line) => line[key]),
    );
  const at = bought[0]?.at;
  return rows(
    tx,
    sql<BoughtList>`
      with bought as (
        select distinct * from unnest(${of("profileId")}, ${of("listId")}, ${of("variantId")})
          as b (profile_id, list_id, variant_id)),
      hit as materialized (
        select l.id from lists.list l
        where (l.profile_id = any(${of("profileId")}) or l.id = any(${of("listId")})) and exists (
          select from lists.list_item i join bought b on b.variant_id = i.variant_id
          where i.list_id = l.id and i.removed_at is null and (b.profile_id = l.profile_id or b.list_id = l.id))
        order by l.id for update),
      moved as (
        update lists.list l set seq = l.seq + 1, updated_at = ${at} from hit where l.id = hit.id
        returning l.id, l.profile_id, l.seq),
      gone as (
        update lists.list_item i set removed_at = ${at}, removal = 'bought', updated_at = ${at}, seq = moved.seq
        from moved join bought b on b.profile_id = moved.profile_id or b.list_id = moved.id
        where i.list_id = moved.id and i.variant_id = b.variant_id and i.removed_at is null)
      select id, profile_id from moved`,
  );
}
