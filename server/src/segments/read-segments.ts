import type { Db } from "../platform/db.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../platform/pages.ts";
import { displayName } from "../profiles/index.ts";
import type { SegmentView } from "./contracts.ts";
import { refuse } from "./errors.ts";
import type { Facts } from "./predicates/profile-predicate.ts";
import { listMembers } from "./queries/memberships.pg.ts";
import { findSegment, listSegments, type SegmentViewRow } from "./queries/segments.pg.ts";
import type { LoadProfiles } from "./take-due.ts";

export async function readSegment(db: Db, id: string): Promise<SegmentView> {
  const found = await findSegment(db, id);
  if (!found) throw refuse("segment_not_found");
  return toView(found);
}

export async function readSegments(db: Db, query: PageQuery): Promise<Page<SegmentView>> {
  const found = await listSegments(db, decodeCursor(query.after, 2), query.limit + 1);
  return toPage(found.map(toView), query.limit, (segment) => [segment.created_at, segment.id]);
}

/** The share of a fill's time that each phase takes, roughly: enough for a bar that moves. */
const FILLING_PART = 0.7;

function toView(row: SegmentViewRow): SegmentView {
  const done = row.phase === "filling" ? row.part * FILLING_PART : FILLING_PART + row.part * (1 - FILLING_PART);
  return {
    id: row.id,
    name: row.name,
    definition: row.definition,
    size: row.size,
    state: row.phase === null ? "live" : "backfilling",
    progress: row.phase === null ? 1 : row.phase === "queued" ? 0 : Math.min(1, done),
    problem: row.problem,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

export interface Member {
  readonly profile_id: string;
  readonly name: string | null;
  readonly email: string | null;
}

export async function readMembers(
  db: Db,
  loadProfiles: LoadProfiles,
  id: string,
  query: PageQuery,
): Promise<Page<Member & { entered_at: string }>> {
  await readSegment(db, id);
  const found = await listMembers(db, id, decodeCursor(query.after, 2), query.limit + 1);
  const page = toPage(found, query.limit, (row) => [row.entered_at, row.profile_id]);
  const profiles = await loadProfiles(
    db,
    page.items.map((row) => row.profile_id),
  );
  const items = page.items.map((row) => ({
    ...toMember(row.profile_id, profiles.get(row.profile_id)),
    entered_at: row.entered_at,
  }));
  return { items, next: page.next };
}

export function toMember(id: string, facts: Pick<Facts, "traits"> | undefined): Member {
  const email = facts?.traits.email;
  return {
    profile_id: id,
    name: facts ? displayName(facts.traits) : null,
    email: typeof email === "string" ? email : null,
  };
}
