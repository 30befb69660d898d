import { type Db, one, sql } from "../../platform/db.ts";
import type { DraftView } from "../templates/contracts.ts";

export interface DraftRow {
  readonly templateId: string;
  readonly base: number;
  readonly body: string;
  readonly author: string;
  readonly now: string;
}

/** Keeps the draft as revision `base + 1`; false when another revision is there. */
export async function writeDraft(db: Db, row: DraftRow): Promise<boolean> {
  const result =
    row.base === 0
      ? await sql`
          insert into messages.template_drafts (template_id, revision, based_on, body, author, updated_at)
          select id, 1, version, ${row.body}, ${row.author}, ${row.now} from messages.templates where id = ${row.templateId}
          on conflict do nothing`.execute(db)
      : await sql`
          update messages.template_drafts
          set revision = revision + 1, body = ${row.body}, author = ${row.author}, updated_at = ${row.now}
          where template_id = ${row.templateId} and revision = ${row.base}`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export function loadDraft(db: Db, templateId: string): Promise<DraftView | undefined> {
  return one(
    db,
    sql<DraftView>`
      select revision, based_on, body, author, updated_at from messages.template_drafts
      where template_id = ${templateId}`,
  );
}

export async function deleteDraft(db: Db, templateId: string): Promise<void> {
  await sql`delete from messages.template_drafts where template_id = ${templateId}`.execute(db);
}
