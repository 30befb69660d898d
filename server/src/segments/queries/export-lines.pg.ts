import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";

export interface ExportedMember {
  readonly profile_id: string;
  readonly entered_at: string;
}

/**
 * The next members in the order of their ids, held so that nobody among them is erased before this transaction has
 * written what it says of them.
 */
export async function nextMembers(
  tx: Tx,
  segmentId: string,
  after: string | null,
  limit: number,
): Promise<ExportedMember[]> {
  return await rows(
    tx,
    sql<ExportedMember>`
      with page as (
        select profile_id, entered_at from segments.memberships
        where rule_id = (select rule_id from segments.segments where id = ${segmentId})
          and profile_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
        order by profile_id limit ${limit}
      )
      select page.profile_id, page.entered_at from page join segments.people using (profile_id)
      order by page.profile_id for share of people`,
  );
}

export async function insertLines(
  tx: Tx,
  jobId: string,
  lines: readonly { readonly profileId: string; readonly line: string }[],
): Promise<void> {
  await sql`
    insert into segments.export_lines (job_id, profile_id, line)
    select ${jobId}, * from unnest(${list(
      "uuid",
      lines.map((one) => one.profileId),
    )}, ${list(
      "text",
      lines.map((one) => one.line),
    )}) on conflict (profile_id, job_id) do update set line = excluded.line`.execute(tx);
}

/** Some lines after a person, in the order of ids. Leans on export_lines_job. */
export async function readLines(
  db: Db,
  jobId: string,
  after: string | null,
  limit: number,
): Promise<{ profile_id: string; line: string }[]> {
  return await rows(
    db,
    sql<{ profile_id: string; line: string }>`
      select profile_id, line from segments.export_lines
      where job_id = ${jobId} and profile_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
      order by profile_id limit ${limit}`,
  );
}
