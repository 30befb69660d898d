import type { PreviewListBody, PreviewListView } from "../contracts.ts";
import { refuse } from "../errors.ts";
import type { JobDeps, ListFile } from "../jobs/job-deps.ts";
import { type MatchedRow, matchRows } from "./match-rows.ts";

const TRIED = 1_000;
const SAMPLES = 3;
const SHOWN = 20;
/** Names of columns that say what is in them, in the languages of our screens. */
const GUESSES: readonly (readonly [RegExp, string])[] = [
  [/^(e-?mail|e-?posta|email_?address|mail|surel)/i, "email"],
  [/^(phone|telefon|tel|gsm|mobile|cep|telepon|hp)/i, "phone"],
  [/^(profile_?id|profil)/i, "profile_id"],
  [/^(loyalty|card|kart|sadakat)/i, "loyalty_id"],
  [/^(user_?id|customer|m[uü][sş]teri|pelanggan|id$)/i, "user_id"],
];

/** What a file of identifiers holds, and how many of its first rows mean somebody. Changes nothing. */
export async function previewUpload(
  deps: Pick<JobDeps, "db" | "findProfiles" | "openFile">,
  body: PreviewListBody,
): Promise<PreviewListView> {
  const { rows, columns, whole } = await firstRows(await deps.openFile(body.file));
  const guess = guessColumn(columns, rows);
  const column = body.column ?? guess.column;
  if (!columns.includes(column))
    throw refuse("invalid_upload", undefined, [{ path: "column", message: "the file has no such column" }]);
  const type = body.type ?? (column === guess.column ? guess.type : (typeByName(column) ?? "email"));
  const matched = await matchRows(deps, { column, type }, rows);
  const count = (state: MatchedRow["state"]) => matched.filter((row) => row.state === state).length;
  return {
    columns: columns.map((name) => ({
      name,
      samples: rows.flatMap((row) => row.cells?.get(name) ?? []).slice(0, SAMPLES),
    })),
    column,
    type,
    tried: {
      rows: rows.length,
      matched: count("matched"),
      unmatched: count("unmatched"),
      unreadable: count("unreadable"),
      whole,
    },
    unmatched: matched
      .filter((row) => row.state !== "matched")
      .slice(0, SHOWN)
      .map(({ number, value }) => ({ row: number, value })),
  };
}

type FileRow = Parameters<typeof matchRows>[2][number];

async function firstRows(file: ListFile): Promise<{ rows: FileRow[]; columns: readonly string[]; whole: boolean }> {
  const rows: FileRow[] = [];
  let whole = true;
  for await (const batch of file.batches) {
    rows.push(...batch);
    whole = rows.length <= TRIED;
    if (!whole) break;
  }
  const names = rows.flatMap((row) => [...(row.cells?.keys() ?? [])]);
  const columns = file.columns.length > 0 ? file.columns : [...new Set(names)];
  return { rows: rows.slice(0, TRIED), columns, whole };
}

/** The column whose name says what it is, else the one in which the most e-mail addresses stand. */
function guessColumn(columns: readonly string[], rows: readonly FileRow[]): { column: string; type: string } {
  for (const [name, type] of GUESSES) {
    const column = columns.find((one) => name.test(one.trim()));
    if (column !== undefined) return { column, type };
  }
  const addresses = (column: string) => rows.filter((row) => row.cells?.get(column)?.includes("@")).length;
  const column = columns.toSorted((a, b) => addresses(b) - addresses(a))[0] ?? "";
  return { column, type: addresses(column) > 0 ? "email" : "user_id" };
}

function typeByName(column: string): string | undefined {
  return GUESSES.find(([name]) => name.test(column.trim()))?.[1];
}
