import type pg from "pg";

/** Time enough to write what falls due. */
const HEAD_START_MS = 20_000;

/** Lets known people be in a segment of 30 days that all of them leave within one second; gives when that begins (ms). */
export async function leaveTogether(
  state: pg.Client,
  segmentId: string,
  event: string,
  people: number,
): Promise<number> {
  const first = Date.now() + HEAD_START_MS;
  const due = `
    select profile_id, rule_id, $2::float8 + (row_number() over () * $3::float8) as at
    from (select profile_id from segments.people order by profile_id limit $4) as p,
      (select rule_id from segments.segments where id = $1) as s`;
  const given = [segmentId, first, 1000 / people, people];
  const writes = [
    `insert into segments.states (profile_id, predicate_id, state)
     select profile_id, (select id from segments.predicates where position('${event}' in key) > 0),
       jsonb_build_array(floor(at - 30 * 86400000.0)::int8)::text from (${due}) as due`,
    `insert into segments.memberships (profile_id, rule_id, entered_at)
     select profile_id, rule_id, to_timestamp(at / 1000) - interval '30 days' from (${due}) as due`,
    `insert into segments.horizons (profile_id, rule_id, due_at, historical)
     select profile_id, rule_id, to_timestamp(floor(at) / 1000), false from (${due}) as due`,
  ];
  for (const write of writes) await state.query(write, given);
  if (Date.now() > first) throw new Error("the first were due before all were written");
  return first;
}
