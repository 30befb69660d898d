import { type Db, list, rows, sql, type Tx } from "../../../platform/db.ts";

export interface Entered {
  readonly key: string;
  /** SHA-256 in hex. */
  readonly digest: string;
}

export interface LedgerFacts {
  readonly kind: string;
  readonly at: string;
  /** The import of a file that took them, null for rows of other programs. */
  readonly importId: string | null;
}

/** Enters keys in the ledger; gives back those that were new. A concurrent import of the same key waits and then is a repeat. */
export async function enterKeys(tx: Tx, facts: LedgerFacts, entries: readonly Entered[]): Promise<Set<string>> {
  const found = await rows(
    tx,
    sql<{ key: string }>`
      insert into collect.imported (kind, key, digest, imported_at, import_id)
      select ${facts.kind}, key, decode(digest, 'hex'), ${facts.at}, ${facts.importId}::uuid
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

/** What stands in the ledger under these keys. Leans on the primary key. */
export async function readEntries(
  db: Db,
  kind: string,
  keys: readonly string[],
): Promise<Map<string, { readonly digest: string; readonly importId: string | null }>> {
  const found = await rows(
    db,
    sql<Entered & { readonly importId: string | null }>`
      select key, encode(digest, 'hex') as digest, import_id as "importId" from collect.imported
      where kind = ${kind} and key = any(${list("text", keys)})`,
  );
  return new Map(found.map(({ key, digest, importId }) => [key, { digest, importId }]));
}
