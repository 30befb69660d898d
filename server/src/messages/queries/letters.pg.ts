import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { Postal } from "../channels/postal-address.ts";
import type { ContentOf } from "../content/kinds.ts";

type Format = ContentOf<"letter">["format"];

/** Of a message that was erased meanwhile nothing is kept. */
export async function insertLetter(
  db: Db,
  letter: { messageId: string; address: Postal; content: ContentOf<"letter">; at: string },
): Promise<void> {
  await sql`
    insert into messages.letters (message_id, profile_id, address, content, format, created_at)
    select id, profile_id, ${JSON.stringify(letter.address)}::jsonb, ${JSON.stringify(letter.content)}::jsonb,
           ${letter.content.format}, ${letter.at}::timestamptz
    from messages.messages where id = ${letter.messageId} for key share
    on conflict (message_id) do nothing`.execute(db);
}

/** How many letters of each format wait to be printed. */
export async function countWaiting(db: Db): Promise<{ format: Format; letters: number }[]> {
  return rows(
    db,
    sql<{ format: Format; letters: number }>`
      select format, count(*)::int4 as letters from messages.letters where batch_id is null group by format order by format`,
  );
}

export interface LetterBatch {
  readonly id: string;
  readonly format: Format;
  readonly letters: number;
  readonly created_by: string;
  readonly created_at: string;
}

/** Takes the oldest waiting letters of a format into a new batch, each into one; undefined when none waits. */
export async function makeBatch(
  db: Db,
  batch: { id: string; format: Format; most: number; by: string; now: string },
): Promise<LetterBatch | undefined> {
  await sql`
    insert into messages.letter_batches (id, format, letters, created_by, created_at)
    values (${batch.id}, ${batch.format}, 0, ${batch.by}, ${batch.now})`.execute(db);
  const made = await one(
    db,
    sql<LetterBatch>`
      with taken as (
        select message_id, created_at from messages.letters where format = ${batch.format} and batch_id is null
        order by created_at, message_id limit ${batch.most} for update skip locked
      ), numbered as (
        update messages.letters l set batch_id = ${batch.id}, place = n.place
        from (select message_id, row_number() over (order by created_at, message_id) as place from taken) as n
        where l.message_id = n.message_id returning l.message_id
      )
      update messages.letter_batches set letters = (select count(*) from numbered) where id = ${batch.id}
      returning id, format, letters, created_by, created_at`,
  );
  return made && made.letters > 0 ? made : undefined;
}

/** Newest first by id, which carries the time. */
export async function listBatches(db: Db, before: string | null, limit: number): Promise<LetterBatch[]> {
  const where = before === null ? sql`true` : sql`id < ${before}`;
  return rows(
    db,
    sql<LetterBatch>`
      select id, format, letters, created_by, created_at from messages.letter_batches where ${where}
      order by id desc limit ${limit}`,
  );
}

export async function loadBatch(db: Db, id: string): Promise<LetterBatch | undefined> {
  return one(
    db,
    sql<LetterBatch>`
      select id, format, letters, created_by, created_at from messages.letter_batches where id = ${id}`,
  );
}

/** In their order in the batch. Leans on letters_batch. */
export async function lettersOf(
  db: Db,
  batchId: string,
  after: number,
  limit: number,
): Promise<{ place: number; address: Postal; content: ContentOf<"letter"> }[]> {
  return rows(
    db,
    sql<{ place: number; address: Postal; content: ContentOf<"letter"> }>`
      select place, address, content from messages.letters where batch_id = ${batchId} and place > ${after}
      order by place limit ${limit}`,
  );
}
