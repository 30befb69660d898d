import { isJsonObject, type Json, type JsonObject } from "../platform/json.ts";
import {
  FIELDS,
  type ImportOptions,
  importOptions,
  PREFIXES,
  type PreviewBody,
  type PreviewView,
} from "./contracts.ts";
import type { ImportsDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { pathOf } from "./files/file-paths.ts";
import { requireWholeFile } from "./files/upload-file.ts";
import { checkMapping } from "./mapping/check-mapping.ts";
import { compileMapping } from "./mapping/compile-mapping.ts";
import {
  type Column,
  flatten,
  guessKind,
  guessOptions,
  suggestColumns,
  typeOf,
  WHOLE_OF_EVENTS,
} from "./mapping/suggest-mapping.ts";
import { detectFormat } from "./reading/detect-format.ts";
import { type Row, readRows, START } from "./reading/read-rows.ts";
import { convertUnit, type Ready } from "./records/convert-unit.ts";
import { OrderGrouper, oneByOne } from "./records/group-rows.ts";
import { messageOf } from "./records/problems.ts";
import { failures, Stopped } from "./stopped.ts";

const LOOKED_AT = 200;
const SAMPLES = 3;
const EXAMPLES = 5;
const SHOWN_PROBLEMS = 50;
const MOST_BYTES = 32 * 1024 * 1024;

/** What a file holds, how its columns may be mapped, and what its first rows would become. Nothing is taken in. */
export async function previewFile(deps: ImportsDeps, body: PreviewBody): Promise<PreviewView> {
  await requireWholeFile(deps, body.file);
  try {
    return await preview(deps, body);
  } catch (error) {
    if (error instanceof Stopped) throw refuse("unreadable_file", failures[error.code]);
    throw error;
  }
}

async function preview(deps: ImportsDeps, body: PreviewBody): Promise<PreviewView> {
  const path = pathOf(deps.dataDir, body.file);
  const told = { encoding: body.options?.encoding ?? "auto", delimiter: body.options?.delimiter ?? "auto" } as const;
  const format = await detectFormat(path, told, deps.importBytes);
  const { header, batches } = await readRows(path, format, START, deps.importBytes);
  const { rows, whole } = await takeRows(batches, body.rows);
  const flat = columnsOf(header, rows, new Set());
  const kind = body.kind ?? guessKind(flat);
  const columns = kind === "events" ? columnsOf(header, rows, WHOLE_OF_EVENTS) : flat;
  const guessed = importOptions.parse({ ...guessOptions(columns), ...body.options });
  const suggested = { columns: suggestColumns(kind, columns, guessed), options: guessed };
  const used = body.columns ?? suggested.columns;
  const missing = checkMapping(kind, used, guessed);
  const tried = missing.length > 0 ? [] : convert(deps, body, kind, used, guessed, header, rows);
  const problems = tried.flatMap((unit) => unit.problems);
  const items = new Set(tried.flatMap((unit) => unit.items.map((item) => item.key)));
  return {
    kind,
    format,
    fields: [...FIELDS[kind]],
    prefixes: [...PREFIXES[kind]],
    found: columns.map((column) => ({
      name: column.name,
      type: typeOf(column, guessed),
      samples: column.values.slice(0, SAMPLES).map(shown),
    })),
    suggested,
    missing,
    tried: { rows: rows.length, taken: items.size, rejected: problems.length, reasons: countReasons(problems), whole },
    examples: tried
      .flatMap((unit) => unit.items)
      .slice(0, EXAMPLES)
      .map(({ row, events }) => ({ row, events: events.map((event) => withoutEmpty(event)) })),
    problems: problems
      .slice(0, SHOWN_PROBLEMS)
      .map(({ row, column, code }) => ({ row, column, code, message: messageOf(code) })),
  };
}

async function takeRows(
  batches: AsyncGenerator<{ readonly rows: Row[]; readonly read: number }>,
  most: number,
): Promise<{ rows: Row[]; whole: boolean }> {
  const rows: Row[] = [];
  let bytes = 0;
  for await (const batch of batches) {
    for (const row of batch.rows) {
      if (rows.length >= most || bytes > MOST_BYTES) return { rows, whole: false };
      rows.push(row);
      bytes += row.text.length;
    }
  }
  return { rows, whole: true };
}

function columnsOf(header: readonly string[], rows: readonly Row[], whole: ReadonlySet<string>): Column[] {
  const values = new Map<string, Json[]>(header.map((name) => [name, []]));
  for (const { cells } of rows.slice(0, LOOKED_AT)) {
    if (cells === null) continue;
    const entries: Iterable<[string, Json]> = isJsonObject(cells as Json)
      ? flatten(cells as JsonObject, whole)
      : header.map((name, i): [string, Json] => [name, (cells as readonly string[])[i]?.trim() ?? ""]);
    for (const [name, value] of entries) {
      const list = values.get(name) ?? [];
      if (value !== null && value !== "") list.push(value);
      values.set(name, list);
    }
  }
  return [...values].map(([name, list]) => ({ name, values: list }));
}

function convert(
  deps: ImportsDeps,
  { file }: PreviewBody,
  kind: PreviewView["kind"],
  columns: PreviewView["suggested"]["columns"],
  options: ImportOptions,
  header: readonly string[],
  rows: readonly Row[],
): Ready[] {
  const plan = compileMapping(kind, columns, options, header);
  const grouper = kind === "orders" ? new OrderGrouper(plan, null) : oneByOne();
  const now = deps.clock.now();
  const facts = {
    plan,
    header,
    importId: file,
    now: now.epochMilliseconds,
    madeAt: new Date(now.epochMilliseconds).toISOString(),
    sign: (text: string) => deps.secrets.sign("imported-people", text),
  };
  const units = [...rows.map((row) => grouper.add(row)), grouper.close()];
  return units.flatMap((unit) => (unit ? [convertUnit(facts, unit)] : []));
}

function countReasons(problems: readonly { code: string; column: string | null }[]): PreviewView["tried"]["reasons"] {
  const counts = new Map<string, PreviewView["tried"]["reasons"][number]>();
  for (const { code, column } of problems) {
    const key = `${code} ${column ?? ""}`;
    counts.set(key, { code, column, message: messageOf(code), count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

function shown(value: Json): string {
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 120);
}

const SHOWN = [
  "type",
  "name",
  "userId",
  "anonymousId",
  "timestamp",
  "channel",
  "traits",
  "properties",
  "context",
] as const;

/** An event as a person wants to see it: without what is empty, and without our own marks. */
function withoutEmpty(event: Ready["items"][number]["events"][number]): Record<string, unknown> {
  const { import: _mark, ...context } = event.context;
  const whole = { ...event, context };
  return Object.fromEntries(
    SHOWN.flatMap((key) => {
      const value = whole[key];
      const isEmpty = value === null || (typeof value === "object" && Object.keys(value).length === 0);
      return isEmpty ? [] : [[key, value]];
    }),
  );
}
