import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";

/** A person as State keeps them: one JSON text, which only this room reads (`profiles/stored.ts` says what is in it). */
export interface ProfileRow {
  readonly id: string;
  readonly data: string;
}

export async function readProfiles(db: Db, ids: readonly string[]): Promise<ProfileRow[]> {
  return rows(db, sql<ProfileRow>`select id, data from profiles.profiles where id = any(${list("uuid", ids)})`);
}

/** Locks in order of id, as every transaction does, so that two of them never wait for each other. */
export async function lockRows(tx: Tx, ids: readonly string[]): Promise<ProfileRow[]> {
  return rows(
    tx,
    sql<ProfileRow>`
      select id, data from profiles.profiles where id = any(${list("uuid", ids)}) order by id for update`,
  );
}

/** Makes the rows that are not there yet; one that another transaction is making is waited for. */
export async function insertEmpty(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`insert into profiles.profiles (id) select unnest(${list("uuid", [...ids].sort())}) on conflict do nothing`.execute(
    tx,
  );
}

export async function insertProfiles(tx: Tx, fresh: readonly ProfileRow[]): Promise<void> {
  await sql`insert into profiles.profiles (id, data) select * from ${unnested(fresh)}`.execute(tx);
}

/** Of locked rows. Leans on the primary key. */
export async function updateProfiles(tx: Tx, changed: readonly ProfileRow[]): Promise<void> {
  await sql`
    update profiles.profiles p set data = t.data from ${unnested(changed)} as t (id, data) where p.id = t.id`.execute(
    tx,
  );
}

function unnested(written: readonly ProfileRow[]) {
  return sql`unnest(${list(
    "uuid",
    written.map(({ id }) => id),
  )}, ${list(
    "text",
    written.map(({ data }) => data),
  )})`;
}

/** Profile id → the words it is found by; others like them are looked for again. */
export async function writeSearch(tx: Tx, words: ReadonlyMap<string, string>): Promise<void> {
  await sql`
    insert into profiles.search (profile_id, words)
    select * from unnest(${list("uuid", [...words.keys()])}, ${list("text", [...words.values()])})
    on conflict (profile_id) do update set words = excluded.words, is_fresh = true`.execute(tx);
}

export async function deleteProfiles(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from profiles.profiles where id = any(${list("uuid", ids)})`.execute(tx);
  await sql`delete from profiles.search where profile_id = any(${list("uuid", ids)})`.execute(tx);
}
