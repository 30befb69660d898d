import { type Db, rows, sql } from "../../platform/db.ts";

/** Where History keeps one person's events; fill `ROWS_OF_PERSON` with it. */
export interface Places {
  /** The profile's id and those that were merged into it. */
  readonly ids: readonly string[];
  /** Others' ids under which some of her events stand, since both were one person for a while. */
  readonly under: readonly string[];
  /** Others whose events stand under her ids. */
  readonly guests: readonly string[];
}

/** Rows of History's `events` that are one person's, before and after a merge or a separation is written into them. */
export const ROWS_OF_PERSON = `profile_id in arrayConcat({ids:Array(UUID)}, {under:Array(UUID)})
  and if(profile_id in {ids:Array(UUID)}, person_id not in {guests:Array(UUID)}, person_id in {ids:Array(UUID)})`;

/** Leans on aliases_into and the indexes of lodgings, which are all but empty. */
export async function placesOf(db: Db, profileId: string): Promise<Places> {
  const found = await rows(
    db,
    sql<{ kind: keyof Places; id: string }>`
      with own as materialized (
        select ${profileId}::uuid as id union all select from_id from identity.aliases where into_id = ${profileId}
      )
      select 'ids' as kind, id from own
      union all
      select distinct 'under', profile_id from identity.lodgings join own on person_id = own.id
      where profile_id not in (select id from own)
      union all
      select distinct 'guests', person_id from identity.lodgings join own on profile_id = own.id
      where person_id not in (select id from own)`,
  );
  const of = (kind: keyof Places) => found.filter((row) => row.kind === kind).map((row) => row.id);
  return { ids: of("ids"), under: of("under"), guests: of("guests") };
}
