import { type Db, list, one, rows, sql } from "../../platform/db.ts";
import type { BlockContent, BlockSummary, BlockUse, BlockVersion, BlockView } from "../blocks/contracts.ts";

const COUNTS = sql`
  (select count(*) from messages.block_uses u where u.block_id = b.id)::int4 as uses,
  (select count(*) from messages.block_uses u where u.block_id = b.id and u.tried < b.version)::int4 as behind,
  (select count(*) from messages.block_uses u where u.block_id = b.id and u.problem is not null)::int4 as problems`;
const JOINED = sql`
  messages.blocks b join messages.block_versions v on v.block_id = b.id and v.version = b.version`;

export interface BlockRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly defaultLanguage: string;
  readonly contents: string;
  readonly author: string;
  readonly now: string;
}

/** Writes version `row.version`; false when the key is taken or somebody was first with this version. */
export async function writeBlock(db: Db, row: BlockRow): Promise<boolean> {
  const result =
    row.version === 1
      ? await sql`
          insert into messages.blocks (id, key, name, version, created_at, updated_at)
          values (${row.id}, ${row.key}, ${row.name}, 1, ${row.now}, ${row.now})
          on conflict do nothing`.execute(db)
      : await sql`
          update messages.blocks set name = ${row.name}, version = ${row.version}, updated_at = ${row.now}
          where id = ${row.id} and version = ${row.version - 1}`.execute(db);
  if (Number(result.numAffectedRows ?? 0) !== 1) return false;
  await sql`
    insert into messages.block_versions (block_id, version, default_language, contents, author, published_at)
    values (${row.id}, ${row.version}, ${row.defaultLanguage}, ${row.contents}, ${row.author}, ${row.now})`.execute(db);
  return true;
}

export function loadBlock(db: Db, id: string): Promise<BlockView | undefined> {
  return one(
    db,
    sql<BlockView>`
      select b.id, b.key, b.name, b.version, v.default_language, v.contents, b.created_at, b.updated_at, ${COUNTS},
             array(select jsonb_object_keys(v.contents) order by 1) as languages
      from ${JOINED} where b.id = ${id}`,
  );
}

export function listBlocks(db: Db, after: string | null, limit: number): Promise<BlockSummary[]> {
  return rows(
    db,
    sql<BlockSummary>`
      select b.id, b.key, b.name, b.version, b.created_at, b.updated_at, ${COUNTS},
             array(select jsonb_object_keys(v.contents) order by 1) as languages
      from ${JOINED} where ${after === null ? sql`true` : sql`b.key > ${after}`} order by b.key limit ${limit}`,
  );
}

export function listBlockVersions(db: Db, id: string, before: number | null, limit: number): Promise<BlockVersion[]> {
  return rows(
    db,
    sql<BlockVersion>`
      select version, author, published_at, default_language, contents from messages.block_versions
      where block_id = ${id} and ${before === null ? sql`true` : sql`version < ${before}`}
      order by version desc limit ${limit}`,
  );
}

export function listBlockUses(db: Db, id: string, after: string | null, limit: number): Promise<BlockUse[]> {
  return rows(
    db,
    sql<BlockUse>`
      select u.template_id, t.name as template_name, t.channel, u.version, u.problem
      from messages.block_uses u join messages.templates t on t.id = u.template_id
      where u.block_id = ${id} and ${after === null ? sql`true` : sql`u.template_id > ${after}`}
      order by u.template_id limit ${limit}`,
  );
}

export interface SharedBlock {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly default_language: string;
  readonly contents: Readonly<Record<string, BlockContent>>;
}

/** The blocks that texts or other blocks name, as they are published now. */
export function loadSharedBlocks(db: Db, ids: readonly string[], keys: readonly string[]): Promise<SharedBlock[]> {
  return rows(
    db,
    sql<SharedBlock>`
      select b.id, b.key, b.version, v.default_language, v.contents
      from ${JOINED} where b.id = any(${list("uuid", ids)}) or b.key = any(${list("text", keys)})`,
  );
}

/** Says which blocks a template has in it from now on. */
export async function replaceUses(
  db: Db,
  templateId: string,
  uses: readonly { readonly id: string; readonly version: number }[],
): Promise<void> {
  const ids = list(
    "uuid",
    uses.map(({ id }) => id),
  );
  const versions = list(
    "int4",
    uses.map(({ version }) => version),
  );
  await sql`delete from messages.block_uses where template_id = ${templateId} and block_id <> all(${ids})`.execute(db);
  await sql`
    insert into messages.block_uses (template_id, block_id, version, tried)
    select ${templateId}, used.id, used.version, used.version from unnest(${ids}, ${versions}) as used (id, version)
    on conflict (template_id, block_id) do update
    set version = excluded.version, tried = excluded.tried, problem = null`.execute(db);
}

/** A published template that has not taken the newest version of one of its blocks, and its version as of then. */
export function nextBehind(db: Db): Promise<{ id: string; version: number } | undefined> {
  return one(
    db,
    sql<{ id: string; version: number }>`
      select t.id, t.version
      from messages.block_uses u
      join messages.blocks b on b.id = u.block_id
      join messages.templates t on t.id = u.template_id
      where u.tried < b.version order by t.id limit 1`,
  );
}

/** Notes that a template cannot take these versions, so that nobody tries again before there are newer ones. */
export async function noteProblem(db: Db, templateId: string, problem: string): Promise<void> {
  await sql`
    update messages.block_uses u set tried = b.version, problem = ${problem}
    from messages.blocks b where b.id = u.block_id and u.template_id = ${templateId} and u.tried < b.version`.execute(
    db,
  );
}
