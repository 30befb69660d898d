import type { ImportDetail, PreviewView } from "../contracts.ts";

const MOST = 10;

/** What a dry run has found, line by line. */
export function writeDryRun(name: string, { kind, suggested, missing, tried, problems }: PreviewView): string[] {
  return [
    `${name}: ${tried.whole ? "all" : "the first"} ${count(tried.rows)} rows would give ${count(tried.taken)} ${kind}; ${count(tried.rejected)} rows would not be taken.`,
    ...missing.map(({ message }) => `  Missing: ${message}.`),
    ...reasonLines(tried.reasons, problems),
    "  Columns as suggested:",
    ...suggested.columns.map(({ column, field, type }) => `    ${column} → ${field}${type ? ` (${type})` : ""}`),
  ];
}

/** What has become of a file, line by line. */
export function writeFileReport(view: ImportDetail, url: string): string[] {
  const { kind, rows, accepted, events, repeated, changed, rejected } = view;
  return [
    `${view.file.name}: read ${count(rows)} rows.`,
    `  Taken in: ${count(accepted)} ${kind} (${count(events)} events). Imported before: ${count(repeated)}.`,
    ...(changed > 0 ? [`  Imported before with other content, left as they were: ${count(changed)}.`] : []),
    ...(rejected > 0 ? [`  Not taken: ${count(rejected)} rows.`] : []),
    ...reasonLines(view.reasons, view.problems),
    ...(view.reasons.length > 0 ? [`  All of them as CSV: ${url}/v1/imports/${view.id}/errors`] : []),
    ...(view.failure ? [`  ${view.failure.message}`] : []),
  ];
}

function reasonLines(reasons: PreviewView["tried"]["reasons"], problems: PreviewView["problems"]): string[] {
  return reasons.slice(0, MOST).map(({ code, column, count: n, message }) => {
    const rows = problems.filter((one) => one.code === code && one.column === column).slice(0, 3);
    const where =
      rows.length > 0 ? ` (row ${rows.map(({ row }) => row).join(", ")}${n > rows.length ? ", …" : ""})` : "";
    return `  ${count(n)} × ${column === null ? "" : `${column}: `}${message}${where}`;
  });
}

function count(n: number): string {
  return n.toLocaleString("en");
}
