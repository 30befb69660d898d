import { type Db, list, one, rows, sql } from "../../platform/db.ts";
import type { Channel } from "../content/kinds.ts";
import type { Compiled } from "../templates/compile-contents.ts";
import type { Purpose } from "../vocabulary.ts";

export interface PublishedTemplate {
  readonly id: string;
  readonly name: string;
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly version: number;
  readonly default_language: string;
  readonly compiled: Readonly<Record<string, Compiled>>;
}

/** The template as it is published now. */
export async function loadPublished(db: Db, templateId: string): Promise<PublishedTemplate | undefined> {
  return one(
    db,
    sql<PublishedTemplate>`
      select t.id, t.name, t.channel, t.purpose, v.version, v.default_language, v.compiled
      from messages.templates t
      join messages.template_versions v on v.template_id = t.id and v.version = t.version
      where t.id = ${templateId}`,
  );
}

/** Only the numbers: cheap enough to ask for each claim, so that the compiled texts can be kept in memory. */
export async function currentVersions(db: Db, templateIds: readonly string[]): Promise<Map<string, number>> {
  const found = await rows(
    db,
    sql<{ id: string; version: number }>`
      select id, version from messages.templates where id = any(${list("uuid", templateIds)})`,
  );
  return new Map(found.map(({ id, version }) => [id, version]));
}
