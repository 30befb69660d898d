import { type Db, type RawBuilder, rows, sql } from "../../platform/db.ts";
import type { BlockContent } from "../blocks/contracts.ts";
import type { Channel } from "../content/kinds.ts";
import type { Written } from "../content/written.ts";

export interface PublishedContents {
  readonly id: string;
  readonly name: string;
  /** Null of a shared block. */
  readonly channel: Channel | null;
  readonly contents: Readonly<Record<string, Written | BlockContent>>;
}

/** What published templates and shared blocks say as it was written, the newest first. */
export function listPublished(db: Db, before: string | null, limit: number): Promise<PublishedContents[]> {
  return rows(
    db,
    sql<PublishedContents>`
      select t.id, t.name, t.channel, v.contents
      from messages.templates t
      join messages.template_versions v on v.template_id = t.id and v.version = t.version
      where ${isBefore(sql`t.id`, before)}
      union all
      select b.id, b.name, null, v.contents
      from messages.blocks b
      join messages.block_versions v on v.block_id = b.id and v.version = b.version
      where ${isBefore(sql`b.id`, before)}
      order by id desc limit ${limit}`,
  );
}

function isBefore(id: RawBuilder<unknown>, before: string | null): RawBuilder<unknown> {
  return before === null ? sql`true` : sql`${id} < ${before}::uuid`;
}
