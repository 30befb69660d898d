import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { ChoiceView, Proof } from "../contracts.ts";

export interface ChoiceRow {
  readonly key: string;
  readonly profileId: string;
  readonly channel: string;
  readonly purpose: string;
  readonly state: "granted" | "denied";
  readonly at: string;
  readonly source: string;
  readonly wording: string | null;
  readonly proof: Proof;
}

/** Notes choices with their proof; one that was noted stays as it was. */
export function insertChoices(choices: readonly ChoiceRow[], now: string) {
  const column = <K extends keyof ChoiceRow>(key: K) => choices.map((choice) => choice[key]);
  const proofs = choices.map((choice) => JSON.stringify(choice.proof));
  return sql`
    insert into consent.choices (key, profile_id, channel, purpose, state, at, source, wording, proof, noted_at)
    select key, profile_id, channel, purpose, state, at, source, wording, proof, ${now}
    from unnest(${list("text", column("key"))}, ${list("uuid", column("profileId"))}, ${list("text", column("channel"))},
                ${list("text", column("purpose"))}, ${list("text", column("state"))}, ${list("timestamptz", column("at"))},
                ${list("text", column("source"))}, ${list("text", column("wording"))}, ${list("jsonb", proofs)})
      as made (key, profile_id, channel, purpose, state, at, source, wording, proof)
    on conflict (key) do nothing`;
}

export interface NewestChoice {
  readonly profile_id: string;
  readonly channel: string;
  readonly purpose: string;
  readonly state: "granted" | "denied";
  readonly at: string;
  readonly source: string;
}

/** Per channel and purpose the newest choice of each person; of two of one instant the no. Leans on choices_profile. */
export async function newestChoices(db: Db, profileIds: readonly string[]): Promise<NewestChoice[]> {
  return rows(
    db,
    sql<NewestChoice>`
      select distinct on (profile_id, channel, purpose) profile_id, channel, purpose, state, at, source
      from consent.choices where profile_id = any(${list("uuid", profileIds)})
      order by profile_id, channel, purpose, at desc, state = 'denied' desc`,
  );
}

/** A person's choices, newest first. Leans on choices_profile. */
export async function listChoices(
  db: Db,
  profileId: string,
  before: readonly [string, string] | null,
  limit: number,
): Promise<ChoiceView[]> {
  const where = before === null ? sql`true` : sql`(at, key) < (${before[0]}, ${before[1]})`;
  return rows(
    db,
    sql<ChoiceView>`
      select key, channel, purpose, state, at, source, wording, proof from consent.choices
      where profile_id = ${profileId} and ${where} order by at desc, key desc limit ${limit}`,
  );
}

/** Leans on choices_profile. */
export async function moveChoices(db: Db, moves: ReadonlyMap<string, string>): Promise<void> {
  if (moves.size === 0) return;
  await sql`
    update consent.choices c
    set profile_id = merge.into_id, first_profile_id = coalesce(c.first_profile_id, c.profile_id)
    from unnest(${list("uuid", [...moves.keys()])}, ${list("uuid", [...moves.values()])}) as merge (from_id, into_id)
    where c.profile_id = merge.from_id`.execute(db);
}

/** Gives back what people chose before they were merged away. Leans on choices_profile. */
export async function moveChoicesBack(
  db: Db,
  { from, into, members }: { readonly from: string; readonly into: string; readonly members: readonly string[] },
): Promise<void> {
  await sql`
    update consent.choices set profile_id = ${from}
    where profile_id = ${into} and first_profile_id = any(${list("uuid", members)})`.execute(db);
}
