import { type Db, list, one, rows, sql } from "../../platform/db.ts";
import type { TemplatePage, TemplateView } from "../templates/contracts.ts";
import type { Purpose } from "../vocabulary.ts";

export interface TemplateRow {
  readonly id: string;
  readonly name: string;
  readonly channel: string;
  readonly purpose: string;
  /** Undefined: as it is. */
  readonly topic: string | null | undefined;
  readonly priority: number | undefined;
  readonly version: number;
  readonly defaultLanguage: string;
  readonly contents: string;
  readonly compiled: string;
  readonly author: string;
  readonly note: string | null;
  readonly now: string;
}

/** Writes a new version and makes it the template's; false when another writer was first with this number. */
export async function writeVersion(db: Db, row: TemplateRow): Promise<boolean> {
  const result = await sql`
    insert into messages.templates (id, name, channel, purpose, topic, priority, version, created_at, updated_at)
    values (${row.id}, ${row.name}, ${row.channel}, ${row.purpose}, ${row.topic ?? null}, ${row.priority ?? 0}, ${row.version},
            ${row.now}, ${row.now})
    on conflict (id) do update
    set name = excluded.name, purpose = excluded.purpose, version = excluded.version, updated_at = excluded.updated_at,
        topic = case when ${row.topic === undefined} then templates.topic else excluded.topic end,
        priority = case when ${row.priority === undefined} then templates.priority else excluded.priority end
    where templates.version = excluded.version - 1`.execute(db);
  if (Number(result.numAffectedRows ?? 0) !== 1) return false;
  await sql`
    insert into messages.template_versions
      (template_id, version, default_language, contents, compiled, author, note, published_at)
    values (${row.id}, ${row.version}, ${row.defaultLanguage}, ${row.contents}, ${row.compiled}, ${row.author},
            ${row.note}, ${row.now})`.execute(db);
  return true;
}

const DRAFT = sql`(
  select json_build_object('revision', d.revision, 'author', d.author,
    'updated_at', to_char(d.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from messages.template_drafts d where d.template_id = t.id) as draft`;

export async function loadTemplate(db: Db, id: string): Promise<TemplateView | undefined> {
  return one(
    db,
    sql<TemplateView>`
      select t.id, t.name, t.channel, t.purpose, t.topic, t.priority, t.version, v.default_language, v.contents, t.archived_at,
             t.created_at, t.updated_at,
             ${DRAFT}
      from messages.templates t
      join messages.template_versions v on v.template_id = t.id and v.version = t.version
      where t.id = ${id}`,
  );
}

/** Newest first by id, which carries the time. */
export async function listTemplates(
  db: Db,
  {
    isArchived,
    before,
    limit,
  }: { readonly isArchived: boolean; readonly before: string | null; readonly limit: number },
): Promise<TemplatePage["items"]> {
  const where = before === null ? sql`true` : sql`t.id < ${before}`;
  return rows(
    db,
    sql<TemplatePage["items"][number]>`
      select t.id, t.name, t.channel, t.purpose, t.topic, t.priority, t.version, v.default_language, t.archived_at,
             t.created_at, t.updated_at, array(select jsonb_object_keys(v.contents) order by 1) as languages, ${DRAFT}
      from messages.templates t
      join messages.template_versions v on v.template_id = t.id and v.version = t.version
      where (t.archived_at is not null) = ${isArchived} and ${where} order by t.id desc limit ${limit}`,
  );
}

export async function archiveTemplate(db: Db, id: string, at: string | null): Promise<boolean> {
  const result = await sql`
    update messages.templates set archived_at = ${at === null ? sql`null` : sql`coalesce(archived_at, ${at})`}
    where id = ${id}`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** What these templates are for, by id; those that do not exist are absent. */
export async function purposesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Purpose>> {
  const found = await rows(
    db,
    sql<{ id: string; purpose: Purpose }>`
      select id, purpose from messages.templates where id = any(${list("uuid", ids)})`,
  );
  return new Map(found.map(({ id, purpose }) => [id, purpose]));
}

export interface TemplateHead {
  readonly id: string;
  readonly name: string;
  readonly channel: string;
}

export async function readTemplateHeads(db: Db, ids: readonly string[]): Promise<Map<string, TemplateHead>> {
  const found = await rows(
    db,
    sql<TemplateHead>`select id, name, channel from messages.templates where id = any(${list("uuid", [...new Set(ids)])})`,
  );
  return new Map(found.map((row) => [row.id, row]));
}
