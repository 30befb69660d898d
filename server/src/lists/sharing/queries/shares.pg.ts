import { type Db, one, rows, sql, type Tx } from "../../../platform/db.ts";

export interface ShareRow {
  readonly id: string;
  readonly list_id: string;
  readonly right_given: "read" | "edit" | "claim";
  readonly is_mailed: boolean;
  readonly address_mark: string | null;
  readonly consent_wording: string | null;
  readonly created_at: string;
  readonly expires_at: string;
}

const COLUMNS = sql.raw("id, list_id, right_given, is_mailed, address_mark, consent_wording, created_at, expires_at");

/** A share that still opens its list. */
export function loadShare(db: Db, id: string, now: string): Promise<ShareRow | undefined> {
  return one(
    db,
    sql<ShareRow>`select ${COLUMNS} from lists.share where id = ${id} and revoked_at is null and expires_at > ${now}`,
  );
}

/** Newest first, those that still open. Leans on share (list_id). */
export function loadShares(db: Db, listId: string, now: string): Promise<ShareRow[]> {
  return rows(
    db,
    sql<ShareRow>`
      select ${COLUMNS} from lists.share
      where list_id = ${listId} and revoked_at is null and expires_at > ${now} order by created_at desc, id desc`,
  );
}

export async function insertShare(tx: Tx, row: ShareRow): Promise<void> {
  await sql`
    insert into lists.share (id, list_id, right_given, is_mailed, address_mark, consent_wording, created_at, expires_at)
    values (${row.id}, ${row.list_id}, ${row.right_given}, ${row.is_mailed}, ${row.address_mark},
      ${row.consent_wording}, ${row.created_at}, ${row.expires_at})`.execute(tx);
}

/** From here on it opens nothing; twice is once. */
export async function revokeShare(tx: Tx, listId: string, id: string, at: string): Promise<void> {
  await sql`
    update lists.share set revoked_at = ${at}
    where id = ${id} and list_id = ${listId} and revoked_at is null`.execute(tx);
}

/** How many mails went out for this list, and to this address, since a time. */
export async function countMailed(
  tx: Tx,
  listId: string,
  mark: string,
  since: string,
): Promise<{ readonly list: number; readonly address: number }> {
  const found = await one(
    tx,
    sql<{ list: number; address: number }>`
      select (select count(*) from lists.share where list_id = ${listId} and is_mailed and created_at > ${since}) as list,
             (select count(*) from lists.share where address_mark = ${mark} and created_at > ${since}) as address`,
  );
  return found ?? { list: 0, address: 0 };
}

/** Takes the words to confirm out, so that they count once; null when there are none (any more). */
export async function takeConsent(tx: Tx, id: string): Promise<string | null> {
  const taken = await one(
    tx,
    sql<{ wording: string | null }>`
      with old as (select id, consent_wording from lists.share where id = ${id} for update)
      update lists.share s set consent_wording = null from old where s.id = old.id
      returning old.consent_wording as wording`,
  );
  return taken?.wording ?? null;
}
