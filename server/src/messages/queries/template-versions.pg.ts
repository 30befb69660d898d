import { type Db, one, rows, sql } from "../../platform/db.ts";
import type { TemplateVersion, VersionView } from "../templates/contracts.ts";

const SHOWN = sql`
  version, author, note, published_at, default_language, array(select jsonb_object_keys(contents) order by 1) as languages`;

/** Newest first. */
export function listVersions(db: Db, id: string, before: number | null, limit: number): Promise<TemplateVersion[]> {
  return rows(
    db,
    sql<TemplateVersion>`
      select ${SHOWN} from messages.template_versions
      where template_id = ${id} and ${before === null ? sql`true` : sql`version < ${before}`}
      order by version desc limit ${limit}`,
  );
}

export function loadVersion(db: Db, id: string, version: number): Promise<VersionView | undefined> {
  return one(
    db,
    sql<VersionView>`
      select ${SHOWN}, contents from messages.template_versions where template_id = ${id} and version = ${version}`,
  );
}
