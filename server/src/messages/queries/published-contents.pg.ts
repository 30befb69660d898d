import { type Db, rows, sql } from "../../platform/db.ts";
import type { Channel } from "../content/kinds.ts";
import type { Written } from "../content/written.ts";

export interface PublishedContents {
  readonly id: string;
  readonly name: string;
  readonly channel: Channel;
  readonly contents: Readonly<Record<string, Written>>;
}

/** What published templates say as it was written, newest template first. */
export function listPublished(db: Db, before: string | null, limit: number): Promise<PublishedContents[]> {
  return rows(
    db,
    sql<PublishedContents>`
      select t.id, t.name, t.channel, v.contents
      from messages.templates t
      join messages.template_versions v on v.template_id = t.id and v.version = t.version
      where ${before === null ? sql`true` : sql`t.id < ${before}`} order by t.id desc limit ${limit}`,
  );
}
