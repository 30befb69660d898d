import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";
import type { Json } from "../../platform/json.ts";
import type { Computed, ConsentEntry } from "../contracts.ts";

export interface ProfileRow {
  readonly id: string;
  readonly traits: Record<string, Json>;
  readonly computed: Computed;
  readonly consent: Record<string, Record<string, ConsentEntry>>;
  readonly first_seen: string | null;
  readonly last_seen: string | null;
}

export async function readProfiles(db: Db, ids: readonly string[]): Promise<ProfileRow[]> {
  return rows(
    db,
    sql<ProfileRow>`
      select id, traits, computed, consent, first_seen, last_seen
      from profiles.profiles where id = any(${list("uuid", ids)})`,
  );
}

export interface LockedRow extends ProfileRow {
  /** JSON of the fold's memory. */
  readonly memory: string;
}

/** Locks in order of id, as every transaction does, so that two of them never wait for each other. */
export async function lockRows(tx: Tx, ids: readonly string[]): Promise<LockedRow[]> {
  return rows(
    tx,
    sql<LockedRow>`
      select id, traits, computed, consent, memory, first_seen, last_seen
      from profiles.profiles where id = any(${list("uuid", ids)}) order by id for update`,
  );
}

/** Makes the rows that are not there yet; one that another transaction is making is waited for. */
export async function insertEmpty(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`insert into profiles.profiles (id) select unnest(${list("uuid", [...ids].sort())}) on conflict do nothing`.execute(
    tx,
  );
}

export interface ProfileWrite {
  readonly id: string;
  readonly traits: string;
  readonly computed: string;
  readonly consent: string;
  readonly memory: string;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
}

export async function writeProfiles(tx: Tx, writes: readonly ProfileWrite[]): Promise<void> {
  const column = (name: keyof ProfileWrite) => writes.map((write) => write[name]);
  await sql`
    insert into profiles.profiles (id, traits, computed, consent, memory, first_seen, last_seen)
    select * from unnest(
      ${list("uuid", column("id"))}, ${list("jsonb", column("traits"))}, ${list("jsonb", column("computed"))},
      ${list("jsonb", column("consent"))}, ${list("text", column("memory"))},
      ${list("timestamptz", column("firstSeen"))}, ${list("timestamptz", column("lastSeen"))})
    on conflict (id) do update set traits = excluded.traits, computed = excluded.computed, consent = excluded.consent,
      memory = excluded.memory, first_seen = excluded.first_seen, last_seen = excluded.last_seen`.execute(tx);
}

/** Profile id → the words it is found by. */
export async function writeSearch(tx: Tx, words: ReadonlyMap<string, string>): Promise<void> {
  await sql`
    insert into profiles.search (profile_id, words)
    select * from unnest(${list("uuid", [...words.keys()])}, ${list("text", [...words.values()])})
    on conflict (profile_id) do update set words = excluded.words`.execute(tx);
}

export async function deleteProfiles(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from profiles.profiles where id = any(${list("uuid", ids)})`.execute(tx);
  await sql`delete from profiles.search where profile_id = any(${list("uuid", ids)})`.execute(tx);
}
