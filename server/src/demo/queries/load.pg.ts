import { type Db, one, sql, type Tx } from "../../platform/db.ts";

export interface LoadRow {
  readonly seed: string;
  readonly people: number;
  readonly until: string;
  readonly chunks_done: number;
  readonly made: Readonly<Record<string, string>>;
  readonly finished_at: string | null;
}

/** The load under way; begins it when there is none. */
export async function beginLoad(
  db: Db,
  begin: { readonly seed: string; readonly people: number; readonly until: string },
): Promise<LoadRow> {
  await sql`
    insert into demo.load (seed, people, until) values (${begin.seed}, ${begin.people}, ${begin.until})
    on conflict do nothing`.execute(db);
  const row = await one(db, sql<LoadRow>`select seed, people, until, chunks_done, made, finished_at from demo.load`);
  if (!row) throw new TypeError("the row of the demo's load is missing");
  return row;
}

/** Claims the chunk for this transaction; false when another process has written it. */
export async function claimChunk(tx: Tx, chunk: number): Promise<boolean> {
  const result = await sql`update demo.load set chunks_done = ${chunk + 1} where chunks_done = ${chunk}`.execute(tx);
  return result.numAffectedRows === 1n;
}

export async function noteMade(db: Db, name: string, id: string): Promise<void> {
  await sql`update demo.load set made = made || jsonb_build_object(${name}::text, ${id}::text)`.execute(db);
}

export async function finishLoad(db: Db, at: string): Promise<void> {
  await sql`update demo.load set finished_at = ${at}`.execute(db);
}

/** What was loaded, once all of it is in. */
export async function finishedLoad(db: Db): Promise<Pick<LoadRow, "seed" | "people"> | null> {
  const query = sql<Pick<LoadRow, "seed" | "people">>`select seed, people from demo.load where finished_at is not null`;
  return (await one(db, query)) ?? null;
}

/** Claims the day that follows the year; false when it was claimed before. */
export async function claimDay(db: Db): Promise<boolean> {
  const result = await sql`update demo.load set made = made || '{"day": "claimed"}' where not made ? 'day'`.execute(db);
  return result.numAffectedRows === 1n;
}
