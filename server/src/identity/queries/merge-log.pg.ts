import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { Identifier } from "../extract-identifiers.ts";

export interface LogRow {
  readonly id: string;
  readonly at: string;
  readonly kind: "merge" | "separate" | "allow";
  readonly from_id: string;
  readonly into_id: string;
  readonly reason: string;
  readonly actor: string;
  readonly evidence: readonly Identifier[];
  /** The merge still holds and can be undone. */
  readonly holds: boolean;
}

/** What has been joined and separated of a person under any of these ids, newest first. Leans on merge_log_into and merge_log_from. */
export async function listMergeLog(db: Db, ids: readonly string[], page: PageQuery): Promise<Page<LogRow>> {
  const after = decodeCursor(page.after, 1);
  const found = await rows(
    db,
    sql<LogRow>`
      select l.id, l.at, l.kind, l.from_id, l.into_id, l.reason, l.actor, l.evidence,
        l.kind = 'merge' and m.from_id is not null
          and not exists (select from identity.merge_log later where later.from_id = l.from_id and later.kind = 'merge' and later.id > l.id) as holds
      from identity.merge_log l left join identity.merged m on m.from_id = l.from_id and m.into_id = l.into_id
      where (l.into_id = any(${list("uuid", ids)}) or l.from_id = any(${list("uuid", ids)}))
        and ${after ? sql`l.id < ${after[0]}::uuid` : sql`true`}
      order by l.id desc limit ${page.limit + 1}`,
  );
  return toPage(found, page.limit, (row) => [row.id]);
}

/** Writes down that two people may be joined again. */
export async function logAllowed(tx: Tx, row: Omit<LogRow, "kind" | "evidence" | "holds">): Promise<void> {
  await sql`
    insert into identity.merge_log (id, at, kind, from_id, into_id, reason, actor)
    values (${row.id}, ${row.at}, 'allow', ${row.from_id}, ${row.into_id}, ${row.reason}, ${row.actor})`.execute(tx);
}
