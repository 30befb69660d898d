import { one, rows, sql, type Tx } from "../../../platform/db.ts";
import type { JsonObject } from "../../../platform/json.ts";

export interface NewsRow {
  readonly id: string;
  readonly variant_id: string;
  readonly kind: "low" | "back" | "price";
  readonly facts: JsonObject;
  readonly after_list: string | null;
  readonly after_item: string | null;
}

export async function insertNews(
  tx: Tx,
  news: readonly Pick<NewsRow, "id" | "variant_id" | "kind" | "facts">[],
  at: string,
): Promise<void> {
  if (news.length === 0) return;
  await sql`
    insert into lists.news (id, variant_id, kind, facts, created_at)
    select id, variant_id, kind, facts, ${at}
    from jsonb_to_recordset(${JSON.stringify(news)}::jsonb) as g (id uuid, variant_id uuid, kind text, facts jsonb)`.execute(
    tx,
  );
}

/** The oldest news that nobody else is at. */
export function takeNews(tx: Tx): Promise<NewsRow | undefined> {
  return one(
    tx,
    sql<NewsRow>`
      select id, variant_id, kind, facts, after_list, after_item from lists.news
      order by created_at, id limit 1 for update skip locked`,
  );
}

export interface ConcernedRow {
  readonly list_id: string;
  readonly item_id: string;
  readonly profile_id: string;
  readonly kind: "wish" | "shopping";
  readonly quantity: number;
  readonly price: number;
  readonly currency: string;
}

/** Who has the variant on a list, page by page. Leans on list_item (variant_id, list_id, id) where on a list. */
export function loadConcerned(tx: Tx, news: NewsRow, limit: number): Promise<ConcernedRow[]> {
  return rows(
    tx,
    sql<ConcernedRow>`
      select i.list_id, i.id as item_id, l.profile_id, l.kind, i.quantity, i.price, i.currency
      from lists.list_item i join lists.list l on l.id = i.list_id
      where i.variant_id = ${news.variant_id} and i.removed_at is null
        and (${news.after_list}::uuid is null or (i.list_id, i.id) > (${news.after_list}::uuid, ${news.after_item}::uuid))
      order by i.list_id, i.id limit ${limit}`,
  );
}

/** Goes on behind the last one told, or is done with it. */
export async function markTold(tx: Tx, id: string, last: ConcernedRow | null): Promise<void> {
  if (last === null) await sql`delete from lists.news where id = ${id}`.execute(tx);
  else
    await sql`
      update lists.news set after_list = ${last.list_id}, after_item = ${last.item_id} where id = ${id}`.execute(tx);
}
