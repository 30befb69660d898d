import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";
import type { Json } from "../../platform/json.ts";
import type { Computed, ConsentEntry } from "../contracts.ts";
import type { Memory } from "../fold/memory.ts";

export interface ProfileRow {
  readonly id: string;
  readonly traits: Record<string, Json>;
  readonly computed: Computed;
  readonly consent: Record<string, Record<string, ConsentEntry>>;
  readonly memory: Partial<Memory>;
  readonly first_seen: string | null;
  readonly last_seen: string | null;
}

export async function readProfiles(db: Db, ids: readonly string[]): Promise<ProfileRow[]> {
  return rows(
    db,
    sql<ProfileRow>`
      select id, traits, computed, consent, '{}'::jsonb as memory, first_seen, last_seen
      from profiles.profiles where id = any(${list("uuid", ids)})`,
  );
}

/** Locks in order of id, as every transaction does, so that two of them never wait for each other. */
export async function lockRows(tx: Tx, ids: readonly string[]): Promise<ProfileRow[]> {
  return rows(
    tx,
    sql<ProfileRow>`
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
  readonly search: string;
}

export async function writeProfiles(tx: Tx, writes: readonly ProfileWrite[]): Promise<void> {
  await sql`
    insert into profiles.profiles (id, traits, computed, consent, memory, first_seen, last_seen, search)
    select * from unnest(
      ${list(
        "uuid",
        writes.map((w) => w.id),
      )}, ${list(
        "jsonb",
        writes.map((w) => w.traits),
      )}, ${list(
        "jsonb",
        writes.map((w) => w.computed),
      )},
      ${list(
        "jsonb",
        writes.map((w) => w.consent),
      )}, ${list(
        "jsonb",
        writes.map((w) => w.memory),
      )},
      ${list(
        "timestamptz",
        writes.map((w) => w.firstSeen),
      )}, ${list(
        "timestamptz",
        writes.map((w) => w.lastSeen),
      )}, ${list(
        "text",
        writes.map((w) => w.search),
      )})
    on conflict (id) do update set traits = excluded.traits, computed = excluded.computed, consent = excluded.consent, memory = excluded.memory,
      first_seen = excluded.first_seen, last_seen = excluded.last_seen, search = excluded.search`.execute(tx);
}

export async function deleteProfiles(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from profiles.profiles where id = any(${list("uuid", ids)})`.execute(tx);
}
