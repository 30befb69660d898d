import { type Db, one, sql, type Tx } from "../../platform/db.ts";

export interface LetterRow {
  readonly id: string;
  readonly order_id: string;
  readonly fulfilment_id: string | null;
  readonly kind: "receipt" | "ready" | "reminder";
  readonly email: string;
  readonly language: string;
  readonly is_collector: boolean;
  readonly due_at: string;
  readonly attempts: number;
}

/** Somebody is to be written to, in the transaction that gives the reason. */
export async function insertLetters(tx: Db, letters: readonly LetterRow[]): Promise<void> {
  if (letters.length === 0) return;
  await sql`
    insert into orders.letter
    select * from jsonb_populate_recordset(null::orders.letter, ${JSON.stringify(letters)}::jsonb)`.execute(tx);
}

/** Takes the letter that has waited longest; nobody else has it meanwhile. Leans on letter (due_at). */
export function takeLetter(tx: Tx, now: string): Promise<LetterRow | undefined> {
  return one(
    tx,
    sql<LetterRow>`
      delete from orders.letter
      where id = (select id from orders.letter where due_at <= ${now} order by due_at limit 1 for update skip locked)
      returning *`,
  );
}

export async function postponeLetter(db: Db, id: string, until: string): Promise<void> {
  await sql`update orders.letter set due_at = ${until}, attempts = attempts + 1 where id = ${id}`.execute(db);
}

export async function nextLetter(db: Db): Promise<string | null> {
  const found = await one(db, sql<{ at: string | null }>`select min(due_at) as at from orders.letter`);
  return found?.at ?? null;
}
