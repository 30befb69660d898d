import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { MailView } from "../contracts.ts";

export type MailSummary = Omit<MailView, "html" | "text" | "headers">;

/** Newest first. Leans on mailbox_newest. */
export async function listMails(
  db: Db,
  before: readonly [string, string] | null,
  limit: number,
): Promise<MailSummary[]> {
  const where = before === null ? sql`true` : sql`(at, id) < (${before[0]}, ${before[1]})`;
  return rows(
    db,
    sql<MailSummary>`
      select id, to_address as to, from_address as "from", subject, at, message_id
      from messages.mailbox where ${where} order by at desc, id desc limit ${limit}`,
  );
}

export async function loadMail(db: Db, id: string): Promise<MailView | undefined> {
  return one(
    db,
    sql<MailView>`
      select id, to_address as to, from_address as "from", subject, at, message_id, html, text, headers
      from messages.mailbox where id = ${id}`,
  );
}
