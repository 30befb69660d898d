import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";
import { listMembers, type MemberRow } from "./memberships.pg.ts";

export interface ExportedMember extends MemberRow {
  /** Not erased or merged away since the page was read. */
  readonly isThere: boolean;
}

/**
 * The next members, newest first (index memberships_rule), held so that nobody among them is erased before this
 * transaction has written what it says of them. Whoever is gone already is marked.
 */
export async function nextMembers(
  tx: Tx,
  segmentId: string,
  after: readonly (string | number)[] | null,
  limit: number,
): Promise<ExportedMember[]> {
  const page = await listMembers(tx, segmentId, after, limit);
  const held = await rows(
    tx,
    sql<{ profile_id: string }>`
      select profile_id from segments.people where profile_id = any(${list(
        "uuid",
        page.map((member) => member.profile_id),
      )}) order by profile_id for share`,
  );
  const ids = new Set(held.map((row) => row.profile_id));
  return page.map((member) => ({ ...member, isThere: ids.has(member.profile_id) }));
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
