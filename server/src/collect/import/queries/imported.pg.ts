import { type Db, list, rows, sql, type Tx } from "../../../platform/db.ts";

export interface Entered {
  readonly key: string;
  readonly digest: string;
}

/** Enters keys in the ledger; gives back those that were new. A concurrent import of the same key waits and then is a repeat. */
export async function enterKeys(tx: Tx, kind: string, entries: readonly Entered[], at: string): Promise<Set<string>> {
  const found = await rows(
    tx,
    sql<{ key: string }>`
      insert into collect.imported (kind, key, digest, imported_at)
      select ${kind}, key, decode(digest, 'hex'), ${at}
      from unnest(${list(
        "text",
        entries.map((entry) => entry.key),
      )}, ${list(
        "text",
        entries.map((entry) => entry.digest),
      )}) as t (key, digest)
      order by key
      on conflict (kind, key) do nothing
      returning key`,
  );
  return new Set(found.map((row) => row.key));
}

/** The digests under which these keys stand in the ledger. Leans on the primary key. */
export async function readDigests(db: Db, kind: string, keys: readonly string[]): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<Entered>`
      select key, encode(digest, 'hex') as digest from collect.imported
      where kind = ${kind} and key = any(${list("text", keys)})`,
  );
  return new Map(found.map((row) => [row.key, row.digest]));
}
