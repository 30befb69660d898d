import { list, sql } from "../platform/db.ts";
import { affected, type PersonalData, readPages } from "../platform/personal-data.ts";

const TABLES = [
  "memberships",
  "merged_memberships",
  "states",
  "blocks",
  "horizons",
  "pending_changes",
  "list_members",
  "export_lines",
  "audit_differences",
  "people",
] as const;

export const personalData: PersonalData = {
  async erase(tx, { profileIds }) {
    const ids = list("uuid", profileIds);
    // The lock under which one person is decided comes first, as everywhere in this room.
    await sql`select 1 from segments.people where profile_id = any(${ids}) order by profile_id for update`.execute(tx);
    const removed: Record<string, number> = {};
    for (const table of TABLES)
      removed[table] = await affected(tx, sql`delete from segments.${sql.raw(table)} where profile_id = any(${ids})`);
    removed.aliases = await affected(
      tx,
      sql`delete from segments.aliases where from_id = any(${ids}) or into_id = any(${ids})`,
    );
    return { removed };
  },
  async *exportOf(db, { profileIds }) {
    const ids = list("uuid", profileIds);
    yield* readPages(
      db,
      "segments",
      sql`select m.rule_id::text as key,
            jsonb_build_object('segment_id', s.id, 'name', s.name, 'entered_at', m.entered_at) as row
          from segments.memberships m join segments.segments s on s.rule_id = m.rule_id
          where m.profile_id = any(${ids}) and not s.is_hidden`,
    );
    yield* readPages(
      db,
      "lists",
      sql`select l.id::text as key, jsonb_build_object('list_id', l.id, 'name', l.name, 'added_at', m.added_at) as row
          from segments.list_members m join segments.lists l on l.id = m.list_id where m.profile_id = any(${ids})`,
    );
    yield* readPages(
      db,
      "segment_exports",
      sql`select job_id::text as key, jsonb_build_object('export', job_id, 'line', line) as row
          from segments.export_lines where profile_id = any(${ids})`,
    );
    yield* readPages(
      db,
      "segment_states",
      sql`select s.profile_id || ':' || lpad(s.predicate_id::text, 10, '0') as key,
            jsonb_build_object('condition', p.key, 'state', s.state::jsonb) as row
          from segments.states s join segments.predicates p on p.id = s.predicate_id
          where s.profile_id = any(${ids})
          union all
          select b.profile_id || ':' || lpad(b.predicate_id::text, 10, '0') || ':' || b.from_at as key,
            jsonb_build_object('condition', p.key, 'entries', b.entries) as row
          from segments.blocks b join segments.predicates p on p.id = b.predicate_id
          where b.profile_id = any(${ids})`,
    );
  },
};
