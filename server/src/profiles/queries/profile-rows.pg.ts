import { type HeldOfPerson, identifiersOf, mergedInto } from "../../identity/index.ts";
import { among, anyOf, type Db, list, one, type RawBuilder, rows, send, sql, type Tx } from "../../platform/db.ts";

/** A person as State keeps them: one JSON text, which only this room reads (`profiles/stored.ts` says what is in it). */
export interface ProfileRow {
  readonly id: string;
  readonly data: string;
  /** The transaction that wrote it, of a row that was read without a lock: it is written only while it stands so. */
  readonly version?: string | null;
}

export async function readProfiles(db: Db, ids: readonly string[]): Promise<ProfileRow[]> {
  return rows(db, sql<ProfileRow>`select id, data from profiles.profiles where id ${among("uuid", ids)}`);
}

export interface MembershipOf {
  readonly id: string;
  readonly name: string;
  readonly entered_at: string;
}

/** A person with what other rooms hold of them. */
export interface WholeRow extends ProfileRow {
  readonly identifiers: readonly HeldOfPerson[];
  readonly merged: readonly string[];
  readonly segments: readonly MembershipOf[];
}

export type SegmentsOf = (id: RawBuilder<unknown>) => RawBuilder<readonly MembershipOf[]>;

/** One statement: five small ones would cost the server and us several times as much. */
export async function readWhole(
  db: Db,
  id: RawBuilder<string | null>,
  segmentsOf: SegmentsOf,
): Promise<WholeRow | undefined> {
  const own = sql`p.id`;
  return one(
    db,
    sql<WholeRow>`
      select p.id, p.data, ${identifiersOf(own)} as identifiers, ${mergedInto(own)} as merged,
        ${segmentsOf(own)} as segments
      from profiles.profiles p where p.id = ${id}`,
  );
}

/** Locks in order of id, so that of two transactions that lock before they write one waits, and not each for the other. */
export async function lockRows(tx: Tx, ids: readonly string[]): Promise<ProfileRow[]> {
  return rows(
    tx,
    sql<ProfileRow>`
      select id, data from profiles.profiles where id = any(${list("uuid", ids)}) order by id for update`,
  );
}

/** As they stand now, unlocked. */
export async function readStanding(tx: Tx, ids: readonly string[]): Promise<ProfileRow[]> {
  return rows(
    tx,
    sql<ProfileRow>`select id, data, xmin as version from profiles.profiles where id ${anyOf("uuid", ids)}`,
  );
}

/** Locks rows that were only read; the transaction is run again when one no longer stands as it was read. */
export function lockStanding(tx: Tx, read: readonly Pick<ProfileRow, "id" | "version">[]): void {
  send(
    tx,
    sql`
      select from profiles.profiles p
      join unnest(${idsOf(read)}, ${versionsOf(read)}) as t (id, version) on p.id = t.id and p.xmin = t.version
      for update of p`,
    read.length,
  );
}

/** Makes the rows that are not there yet; one that another transaction is making is waited for. */
export async function insertEmpty(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`insert into profiles.profiles (id) select unnest(${list("uuid", [...ids].sort())}) on conflict do nothing`.execute(
    tx,
  );
}

export function insertProfiles(tx: Tx, fresh: readonly ProfileRow[]): void {
  send(tx, sql`insert into profiles.profiles (id, data) select * from unnest(${idsOf(fresh)}, ${textsOf(fresh)})`);
}

/**
 * Of rows that are locked, or stand as they were read: the transaction is run again when one does not. `xmin` alone tells it:
 * who changes a row leaves another one. Leans on the primary key.
 */
export function updateProfiles(tx: Tx, changed: readonly ProfileRow[]): void {
  send(
    tx,
    sql`
      update profiles.profiles p set data = t.data
      from unnest(${idsOf(changed)}, ${textsOf(changed)}, ${versionsOf(changed)}) as t (id, data, version)
      where p.id = t.id and p.xmin = coalesce(t.version, p.xmin)`,
    changed.length,
  );
}

function idsOf(rows: readonly Pick<ProfileRow, "id">[]) {
  return list(
    "uuid",
    rows.map(({ id }) => id),
  );
}

function textsOf(rows: readonly ProfileRow[]) {
  return list(
    "text",
    rows.map(({ data }) => data),
  );
}

function versionsOf(rows: readonly Pick<ProfileRow, "version">[]) {
  return list(
    "xid",
    rows.map(({ version }) => version),
  );
}

/** Profile id → the words it is found by; others like them are looked for again. */
export function writeSearch(tx: Tx, words: ReadonlyMap<string, string>): void {
  send(
    tx,
    sql`
      insert into profiles.search (profile_id, words)
      select * from unnest(${list("uuid", [...words.keys()])}, ${list("text", [...words.values()])})
      on conflict (profile_id) do update set words = excluded.words, is_fresh = true`,
  );
}

export function deleteProfiles(tx: Tx, ids: readonly string[]): void {
  send(tx, sql`delete from profiles.profiles where id = any(${list("uuid", ids)})`);
  send(tx, sql`delete from profiles.search where profile_id = any(${list("uuid", ids)})`);
}
