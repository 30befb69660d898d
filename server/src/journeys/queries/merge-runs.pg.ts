import { type Db, list, rows, sql } from "../../platform/db.ts";

export interface EndedRun {
  readonly id: string;
  readonly profileId: string;
  readonly journeyId: string;
  readonly journeyName: string;
}

/** Ends all but the oldest of the runs that would be one person's in one journey, and gives those. */
export async function endSurplus(db: Db, moves: ReadonlyMap<string, string>, now: string): Promise<EndedRun[]> {
  return await rows(
    db,
    sql<EndedRun>`
      with moves (from_id, into_id) as (
        select * from unnest(${list("uuid", [...moves.keys()])}, ${list("uuid", [...moves.values()])})
      ),
      locked as (
        select r.id, r.journey_id, r.business_key, r.entered_at, coalesce(m.into_id, r.profile_id) as person
        from journeys.runs r left join moves m on m.from_id = r.profile_id
        where r.exited_at is null
          and r.profile_id in (select from_id from moves union select into_id from moves)
        order by r.id for update of r
      ),
      ranked as (
        select id, row_number() over (partition by journey_id, person, business_key order by entered_at, id) as place
        from locked
      )
      update journeys.runs r
      set status = 'ended', exited_at = ${now}, exit_reason = 'merged', wake_at = null, waits_since = null
      from ranked, journeys.journeys j where r.id = ranked.id and ranked.place > 1 and j.id = r.journey_id
      returning r.id, r.profile_id as "profileId", r.journey_id as "journeyId", j.name as "journeyName"`,
  );
}

/** Leans on runs_profile. */
export async function moveRuns(db: Db, moves: ReadonlyMap<string, string>): Promise<void> {
  await sql`
    update journeys.runs r set profile_id = moves.into_id, first_profile_id = coalesce(r.first_profile_id, r.profile_id)
    from unnest(${list("uuid", [...moves.keys()])}, ${list("uuid", [...moves.values()])}) as moves (from_id, into_id)
    where r.profile_id = moves.from_id`.execute(db);
  await sql`
    update journeys.errands e set profile_id = moves.into_id
    from unnest(${list("uuid", [...moves.keys()])}, ${list("uuid", [...moves.values()])}) as moves (from_id, into_id)
    where e.profile_id = moves.from_id`.execute(db);
}

/** Gives back the runs that people had begun before they were merged away. Leans on runs_profile. */
export async function moveRunsBack(
  db: Db,
  { from, into, members }: { readonly from: string; readonly into: string; readonly members: readonly string[] },
): Promise<void> {
  await sql`
    update journeys.runs set profile_id = ${from}
    where profile_id = ${into} and first_profile_id = any(${list("uuid", members)})`.execute(db);
}
