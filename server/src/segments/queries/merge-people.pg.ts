import { list, rows, sql, type Tx } from "../../platform/db.ts";

/** Takes merged people out and gives back what they were members of, and since when; kept for a separation, too. */
export async function takeMembershipsOf(
  tx: Tx,
  ids: readonly string[],
): Promise<{ profile_id: string; rule_id: string; entered_at: string }[]> {
  await sql`delete from segments.horizons where profile_id = any(${list("uuid", ids)})`.execute(tx);
  await sql`delete from segments.people where profile_id = any(${list("uuid", ids)})`.execute(tx);
  return await rows(
    tx,
    sql<{ profile_id: string; rule_id: string; entered_at: string }>`
      with gone as (
        delete from segments.memberships where profile_id = any(${list("uuid", ids)}) returning profile_id, rule_id, entered_at
      ), kept as (
        insert into segments.merged_memberships (profile_id, rule_id, entered_at) select * from gone
        on conflict (profile_id, rule_id) do update set entered_at = excluded.entered_at
      )
      select profile_id, rule_id, entered_at from gone`,
  );
}

/** Since when a merged person had been in what segments; for the separation, which ends the need to know. */
export async function takeKeptMembershipsOf(tx: Tx, profileId: string): Promise<Map<string, string>> {
  const found = await rows(
    tx,
    sql<{ rule_id: string; entered_at: string }>`
      delete from segments.merged_memberships where profile_id = ${profileId} returning rule_id, entered_at`,
  );
  return new Map(found.map((row) => [row.rule_id, row.entered_at]));
}

/** History's rows of `members` are those of `person` again. */
export async function separateAliases(tx: Tx, person: string, members: readonly string[]): Promise<void> {
  await sql`delete from segments.aliases where from_id = ${person}`.execute(tx);
  await sql`update segments.aliases set into_id = ${person} where from_id = any(${list("uuid", members)})`.execute(tx);
}

/** Remembers under whom History's rows of merged people are to be found, also of those merged into them before. */
export async function saveAliases(tx: Tx, from: readonly string[], into: readonly string[]): Promise<void> {
  await sql`
    update segments.aliases set into_id = merged.into_id
    from unnest(${list("uuid", from)}, ${list("uuid", into)}) as merged (from_id, into_id)
    where aliases.into_id = merged.from_id`.execute(tx);
  await sql`
    insert into segments.aliases (from_id, into_id) select * from unnest(${list("uuid", from)}, ${list("uuid", into)})
    on conflict (from_id) do update set into_id = excluded.into_id`.execute(tx);
}

/** Lists follow the person; where both were listed one row stays. */
export async function moveListMembers(tx: Tx, from: readonly string[], into: readonly string[]): Promise<void> {
  await sql`
    with merged as (select * from unnest(${list("uuid", from)}, ${list("uuid", into)}) as m (from_id, into_id)),
    gone as (
      delete from segments.list_members using merged where list_members.profile_id = merged.from_id
      returning list_members.list_id, merged.into_id, list_members.added_at
    )
    insert into segments.list_members (list_id, profile_id, added_at)
    select list_id, into_id, min(added_at) from gone group by list_id, into_id
    on conflict do nothing`.execute(tx);
}
