import type { Db } from "../../platform/db.ts";
import { cursorId, decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import { refuse } from "../errors.ts";
import { toMember } from "../read-segments.ts";
import type { LoadProfiles } from "../take-due.ts";
import { findAudit, listAudits, listDifferences } from "./queries/audits.pg.ts";
import type { AuditDifference, AuditView } from "./shapes.ts";

type Query = PageQuery & { readonly segment_id?: string | undefined };

export async function readAudit(db: Db, id: string): Promise<AuditView> {
  const found = await findAudit(db, id);
  if (!found) throw refuse("audit_not_found");
  return found;
}

export async function readAudits(db: Db, query: Query): Promise<Page<AuditView>> {
  const before = cursorId(query.after);
  const found = await listAudits(db, { segmentId: query.segment_id ?? null, before, limit: query.limit + 1 });
  return toPage(found, query.limit, (audit) => [audit.id]);
}

/** Who is in by one side alone. */
export async function readDifferences(
  deps: { readonly db: Db; readonly loadProfiles: LoadProfiles },
  auditId: string,
  query: Query,
): Promise<Page<AuditDifference>> {
  await readAudit(deps.db, auditId);
  const after = decodeCursor(query.after, 2);
  const given = { auditId, segmentId: query.segment_id ?? null, after, limit: query.limit + 1 };
  const page = toPage(await listDifferences(deps.db, given), query.limit, (row) => [row.segment_id, row.profile_id]);
  const profiles = await deps.loadProfiles(
    deps.db,
    page.items.map((row) => row.profile_id),
  );
  const items = page.items.map(({ segment_id, segment_name, profile_id, is_member, found_at }) => ({
    segment_id,
    segment_name,
    ...toMember(profile_id, profiles.get(profile_id)),
    live: is_member,
    history: !is_member,
    found_at,
  }));
  return { items, next: page.next };
}
