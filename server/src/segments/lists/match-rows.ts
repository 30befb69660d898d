import { isUuid } from "../../platform/ids.ts";
import type { UploadListBody } from "../contracts.ts";
import type { JobDeps } from "../jobs/job-deps.ts";
import { knownPeople } from "../queries/people.pg.ts";

export interface MatchedRow {
  readonly number: number;
  /** What stands in the column asked for; empty when nothing does. */
  readonly value: string;
  readonly state: "matched" | "unmatched" | "unreadable";
  readonly profileId: string | null;
}

/** Whom each row of a file means, by the identifier in one of its columns. */
export async function matchRows(
  deps: Pick<JobDeps, "db" | "findProfiles">,
  { column, type }: Pick<UploadListBody, "column" | "type">,
  rows: readonly { readonly number: number; readonly cells: ReadonlyMap<string, string> | null }[],
): Promise<MatchedRow[]> {
  const values = rows.map((row) => row.cells?.get(column) ?? "");
  const asked = values.map((value) => (type === "profile_id" ? value : `${type}:${value}`));
  // A value that cannot be of this kind means nobody.
  const isAsked = values.map((value) => value !== "" && (type !== "profile_id" || isUuid(value)));
  const found = await deps.findProfiles(
    deps.db,
    asked.filter((_, i) => isAsked[i]),
  );
  const known = await knownPeople(
    deps.db,
    found.filter((id) => id !== null),
  );
  let next = 0;
  return rows.map((row, i) => {
    const profileId = isAsked[i] ? (found[next++] ?? null) : null;
    const isKnown = profileId !== null && known.has(profileId);
    const value = values[i] ?? "";
    const state = isKnown ? "matched" : value === "" ? "unreadable" : "unmatched";
    return { number: row.number, value, state, profileId: isKnown ? profileId : null };
  });
}
