import { csvLine } from "../../platform/csv-line.ts";
import type { UploadListBody } from "../contracts.ts";
import type { JobDeps, ListFile } from "../jobs/job-deps.ts";
import { matchRows } from "./match-rows.ts";

/**
 * The rows of an upload that mean nobody now, as CSV. They are looked up anew rather than kept: whoever has become
 * known since is not among them, and no list of strangers lies about.
 */
export async function* writeUnmatched(
  deps: Pick<JobDeps, "db" | "findProfiles">,
  what: UploadListBody,
  file: ListFile,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(["row", what.column, "reason"], ",")}`;
  for await (const batch of file.batches) {
    const matched = await matchRows(deps, what, batch);
    for (const { number, value, state } of matched)
      if (state !== "matched") yield csvLine([String(number), value, state], ",");
  }
}
