import { type Db, rows, sql } from "../../platform/db.ts";
import type { RunView } from "../contracts.ts";
import type { Note } from "../runs/note.ts";

export type RunRow = Omit<RunView, "profile_name" | "steps"> & {
  /** Node, time, note (a sentence in older ones), the way by which the node was left and by which version. */
  readonly trail: readonly (readonly [string, string, Note | string, string?, number?])[];
};

/** Newest first. Leans on runs_newest, or runs_profile for one person. */
export async function listRuns(
  db: Db,
  filter: {
    journeyId: string;
    profileId: string | null;
    node: string | null;
    before: readonly [string, string] | null;
    limit: number;
  },
): Promise<RunRow[]> {
  const ofProfile = filter.profileId === null ? sql`true` : sql`profile_id = ${filter.profileId}`;
  const atNode = filter.node === null ? sql`true` : sql`(node = ${filter.node} and exited_at is null)`;
  const before =
    filter.before === null ? sql`true` : sql`(entered_at, id) < (${filter.before[0]}, ${filter.before[1]})`;
  return rows(
    db,
    sql<RunRow>`
      select id, profile_id, version, business_key, node, status, entered_at, wake_at, exited_at, exit_reason,
             converted_at, trail
      from journeys.runs where journey_id = ${filter.journeyId} and ${ofProfile} and ${atNode} and ${before}
      order by entered_at desc, id desc limit ${filter.limit}`,
  );
}
