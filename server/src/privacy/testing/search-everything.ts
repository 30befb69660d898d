import { zstdDecompressSync } from "node:zlib";

import type { World } from "../../platform/testing/world.ts";

/** A value that was found, and where. */
export interface Trace {
  readonly table: string;
  readonly needle: string;
}

const SEALS = ["idempotency", "erasure-subject", "messages.content"];

/** Looks for texts in every row of every table of both engines, also in what is packed, sealed or encoded there. */
export async function searchEverything(world: World, needles: readonly string[]): Promise<Trace[]> {
  const wanted = needles.map((needle) => needle.toLowerCase());
  const found: Trace[] = [];
  for (const [table, text] of await readEverything(world)) {
    const lower = text.toLowerCase();
    for (const needle of wanted) if (lower.includes(needle)) found.push({ table, needle });
  }
  return found;
}

/** Table → all its rows as text. Partitions are told with their parent. */
export async function readEverything(world: World): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  const { rows: tables } = await world.pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
     order by 1`,
  );
  for (const { name } of tables) {
    const { rows } = await world.pool.query<{ row: unknown }>(`select to_jsonb(t) as row from ${name} t`);
    all.set(`state ${name}`, rows.map(({ row }) => plain(world, row)).join("\n"));
  }
  for (const { name } of await world.history.query<{ name: string }>(
    "select name from system.tables where database = currentDatabase() and engine like '%MergeTree%' order by name",
  )) {
    const rows = await world.history.query(`select * from ${name}`);
    all.set(`history ${name}`, rows.map((row) => JSON.stringify(row)).join("\n"));
  }
  return all;
}

/** Columns that hold people: name → the tables that have one. */
export async function tablesOfPeople(world: World): Promise<string[]> {
  const { rows } = await world.pool.query<{ name: string }>(
    `select distinct format('state %I.%I', table_schema, table_name) as name from information_schema.columns
     where table_schema not in ('pg_catalog', 'information_schema', 'auth')
       and (column_name ~ '^(profile_id|profile|anonymous_id|email|to_address|from_id|into_id|user_id|identifiers|profile_ids)$'
         or (table_schema = 'identity' and column_name = 'value'))
     order by 1`,
  );
  return rows.map(({ name }) => name);
}

function plain(world: World, value: unknown): string {
  if (typeof value === "string") return `${value} ${unpacked(world, value)}`;
  if (Array.isArray(value)) return value.map((item) => plain(world, item)).join(" ");
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([key, item]) => `${key}: ${plain(world, item)}`)
      .join(" ");
  return String(value);
}

/** bytea as JSON shows it, base64 of bytes set aside, and what was sealed. */
function unpacked(world: World, text: string): string {
  for (const purpose of SEALS) {
    const open = world.secrets.unseal(purpose, text);
    if (open !== null) return open;
  }
  const bytes = text.startsWith("\\x") ? Buffer.from(text.slice(2), "hex") : base64(text);
  if (!bytes) return "";
  try {
    return zstdDecompressSync(bytes).toString("utf8");
  } catch {
    return bytes.toString("utf8");
  }
}

function base64(text: string): Buffer | null {
  return text.length > 16 && /^[A-Za-z0-9+/]+=*$/.test(text) ? Buffer.from(text, "base64") : null;
}
