import { list, rows, sql, type Tx } from "../../../platform/db.ts";

/**
 * Gives reviews to whom their authors have become; of two of one product the newer one counts. The products whose
 * reviews may count otherwise now.
 */
export async function mergeReviews(tx: Tx, froms: readonly string[], intos: readonly string[]): Promise<string[]> {
  const moved = sql`unnest(${list("uuid", froms)}, ${list("uuid", intos)}) as m (from_id, into_id)`;
  // Set aside first: the index allows one of each.
  const set = await rows(
    tx,
    sql<{ product_id: string }>`
      update catalog.review r set state = 'superseded' from (
        select r.id, row_number() over (
          partition by r.product_id, coalesce(m.into_id, r.profile_id) order by r.updated_at desc, r.id desc) as place
        from catalog.review r left join ${moved} on m.from_id = r.profile_id
        where r.profile_id = any(${list("uuid", [...froms, ...intos])}) and r.state <> 'superseded'
      ) as ranked
      where r.id = ranked.id and ranked.place > 1 returning r.product_id`,
  );
  await sql`
    update catalog.review r set profile_id = m.into_id from ${moved} where r.profile_id = m.from_id`.execute(tx);
  return set.map((row) => row.product_id);
}

/** Gives back what somebody wrote before she was merged away; what was set aside then waits to be looked at again. */
export async function separateReviews(
  tx: Tx,
  parted: { readonly from: string; readonly into: string; readonly members: readonly string[] },
): Promise<void> {
  await sql`
    update catalog.review set profile_id = ${parted.from}
    where profile_id = ${parted.into} and written_by = any(${list("uuid", [parted.from, ...parted.members])})`.execute(
    tx,
  );
  await sql`
    update catalog.review r set state = 'pending'
    where r.profile_id in (${parted.from}, ${parted.into}) and r.state = 'superseded'
      and not exists (select 1 from catalog.review o where o.product_id = r.product_id
        and o.profile_id = r.profile_id and o.state <> 'superseded')
      and not exists (select 1 from catalog.review o where o.product_id = r.product_id
        and o.profile_id = r.profile_id and o.state = 'superseded' and (o.updated_at, o.id) > (r.updated_at, r.id))`.execute(
    tx,
  );
}
