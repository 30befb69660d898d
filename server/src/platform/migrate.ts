import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { type Db, inTransaction, onOneConnection, rows, sql } from "./db.ts";
import type { History } from "./history.ts";

const FOLDER = fileURLToPath(new URL("../../migrations/", import.meta.url));
/** Any number; all Kilims agree on it, so two starters take turns. */
const ADVISORY_LOCK = 7_415_501;

/** Brings State up to date, each file in its own transaction. A second starter waits for the first, then has nothing to do. */
export async function migrateState(db: Db): Promise<void> {
  await onOneConnection(db, async (connection) => {
    await sql`select pg_advisory_lock(${ADVISORY_LOCK})`.execute(connection);
    try {
      await sql`create table if not exists public.kilim_migrations (name text primary key, applied_at timestamptz not null)`.execute(
        connection,
      );
      const applied = new Set(
        (await rows(connection, sql<{ name: string }>`select name from public.kilim_migrations`)).map(
          (row) => row.name,
        ),
      );
      for (const name of await migrationFiles("state")) {
        if (applied.has(name)) continue;
        const text = await readFile(`${FOLDER}state/${name}`, "utf8");
        await inTransaction(connection, async (tx) => {
          // The claim row comes first: a starter that got past the lock clashes here and steps aside.
          await sql`insert into public.kilim_migrations values (${name}, transaction_timestamp())`.execute(tx);
          await sql
            .raw(text)
            .execute(tx)
            .catch((cause: unknown) => {
              throw new Error(
                `the migration state/${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`,
                { cause },
              );
            });
        });
      }
    } finally {
      await sql`select pg_advisory_unlock(${ADVISORY_LOCK})`.execute(connection);
    }
  });
}

/** Brings History up to date; statements end with `;` at the end of a line and are each safe to run again. */
export async function migrateHistory(history: History): Promise<void> {
  await history.command("create table if not exists migrations (name String) engine = MergeTree order by name");
  const applied = new Set(
    (await history.query<{ name: string }>("select name from migrations")).map((row) => row.name),
  );
  for (const name of await migrationFiles("history")) {
    if (applied.has(name)) continue;
    const text = await readFile(`${FOLDER}history/${name}`, "utf8");
    for (const statement of text.split(/;\s*$/m)) {
      if (statement.replace(/--.*$/gm, "").trim() !== "") await history.command(statement);
    }
    await history.insert("migrations", [{ name }]);
  }
}

async function migrationFiles(kind: "state" | "history"): Promise<string[]> {
  return (await readdir(`${FOLDER}${kind}`)).filter((name) => name.endsWith(".sql")).sort();
}
