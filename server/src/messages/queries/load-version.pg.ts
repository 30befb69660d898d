import { type Db, one, sql } from "../../platform/db.ts";
import type { CompiledContent } from "../content/render-content.ts";
import type { Purpose } from "../contracts.ts";

export interface PublishedTemplate {
  readonly id: string;
  readonly name: string;
  readonly purpose: Purpose;
  readonly version: number;
  readonly default_language: string;
  readonly compiled: Readonly<Record<string, CompiledContent>>;
}

/** The template as it is published now. */
export async function loadPublished(db: Db, templateId: string): Promise<PublishedTemplate | undefined> {
  return one(
    db,
    sql<PublishedTemplate>`
      select t.id, t.name, t.purpose, v.version, v.default_language, v.compiled
      from messages.templates t
      join messages.template_versions v on v.template_id = t.id and v.version = t.version
      where t.id = ${templateId}`,
  );
}

/** Only the number: cheap enough to ask for each message, so that the compiled text can be kept in memory. */
export async function currentVersion(db: Db, templateId: string): Promise<number | null> {
  const found = await one(
    db,
    sql<{ version: number }>`select version from messages.templates where id = ${templateId}`,
  );
  return found?.version ?? null;
}
