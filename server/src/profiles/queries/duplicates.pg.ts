import { type Db, list, one, rows, sql, type Tx } from "../../platform/db.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { Evidence } from "../contracts.ts";

/**
 * Takes people whose name, address, phone or birthday has changed. One taker at a time, on all nodes: two would not see
 * each other's people, who may be alike.
 */
export async function takeFresh(tx: Tx, most: number): Promise<string[]> {
  await sql`select pg_advisory_xact_lock(hashtext('profiles.duplicates'))`.execute(tx);
  const taken = await rows(
    tx,
    sql<{ profile_id: string }>`
      update profiles.search s set is_fresh = false
      from (select profile_id from profiles.search where is_fresh limit ${most} for update skip locked) f
      where s.profile_id = f.profile_id returning s.profile_id`,
  );
  return taken.map(({ profile_id }) => profile_id);
}

export interface LikenessKey {
  readonly key: string;
  readonly profile_id: string;
}

export async function replaceKeys(tx: Tx, profileIds: readonly string[], keys: readonly LikenessKey[]): Promise<void> {
  await sql`delete from profiles.likeness_keys where profile_id = any(${list("uuid", profileIds)})`.execute(tx);
  if (keys.length === 0) return;
  await sql`
    insert into profiles.likeness_keys (key, profile_id) select * from unnest(${list(
      "uuid",
      keys.map(({ key }) => key),
    )}, ${list(
      "uuid",
      keys.map(({ profile_id }) => profile_id),
    )}) on conflict do nothing`.execute(tx);
}

/** Who has these keys; of each at most `most`. Leans on the primary key. */
export async function readHolders(db: Db, keys: readonly string[], most: number): Promise<LikenessKey[]> {
  return rows(
    db,
    sql<LikenessKey>`
      select w.key, l.profile_id from (select distinct unnest(${list("uuid", keys)}) as key) w
      cross join lateral (select profile_id from profiles.likeness_keys k where k.key = w.key limit ${most}) l`,
  );
}

export interface PairRow {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  readonly score: number;
  readonly evidence: readonly Evidence[];
  readonly state: "open" | "dismissed" | "merged";
  readonly found_at: string;
  readonly decided_at: string | null;
  readonly decided_by: string | null;
}

export async function readPairsOf(db: Db, profileIds: readonly string[]): Promise<PairRow[]> {
  const ids = list("uuid", profileIds);
  return rows(db, sql<PairRow>`select * from profiles.duplicates where a = any(${ids}) or b = any(${ids})`);
}

/** Keeps what was found. A pair that somebody has decided on stays as they decided. */
export async function savePairs(
  tx: Tx,
  pairs: readonly Omit<PairRow, "state" | "decided_at" | "decided_by">[],
): Promise<void> {
  if (pairs.length === 0) return;
  const column = (name: "id" | "a" | "b" | "score" | "found_at") => pairs.map((pair) => pair[name]);
  await sql`
    insert into profiles.duplicates (id, a, b, score, evidence, found_at)
    select id, a, b, score, evidence, found_at from unnest(${list("uuid", column("id"))}, ${list("uuid", column("a"))},
      ${list("uuid", column("b"))}, ${list("int4", column("score"))}, ${list(
        "jsonb",
        pairs.map(({ evidence }) => JSON.stringify(evidence)),
      )}, ${list("timestamptz", column("found_at"))}) as t (id, a, b, score, evidence, found_at)
    on conflict (a, b) do update set score = excluded.score, evidence = excluded.evidence
    where profiles.duplicates.state = 'open'`.execute(tx);
}

export async function deletePairs(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`delete from profiles.duplicates where id = any(${list("uuid", ids)})`.execute(tx);
}

/** The same pair under the ids the two have now; false when there is one already. */
export async function renamePair(tx: Tx, id: string, a: string, b: string): Promise<boolean> {
  const result = await sql`
    update profiles.duplicates set a = ${a}, b = ${b} where id = ${id}
    and not exists (select 1 from profiles.duplicates where a = ${a} and b = ${b})`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function decidePair(
  db: Db,
  id: string,
  state: PairRow["state"],
  by: { readonly at: string; readonly name: string } | null,
): Promise<PairRow | null> {
  return (
    (await one(
      db,
      sql<PairRow>`
        update profiles.duplicates set state = ${state}, decided_at = ${by?.at ?? null}, decided_by = ${by?.name ?? null}
        where id = ${id} and state <> 'merged' returning *`,
    )) ?? null
  );
}

/** Pairs of people who are both still there, the likeliest first. Leans on duplicates_open. */
export async function listPairs(db: Db, state: "open" | "dismissed", page: PageQuery): Promise<Page<PairRow>> {
  const after = decodeCursor(page.after, 2);
  const found = await rows(
    db,
    sql<PairRow>`
      select d.* from profiles.duplicates d
      join profiles.profiles a on a.id = d.a join profiles.profiles b on b.id = d.b
      where d.state = ${state} and ${after ? sql`(d.score, d.id) < (${after[0]}::int2, ${after[1]}::uuid)` : sql`true`}
      order by d.score desc, d.id desc limit ${page.limit + 1}`,
  );
  return toPage(found, page.limit, ({ score, id }) => [score, id]);
}
