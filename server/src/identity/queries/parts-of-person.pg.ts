import { instantText, type RawBuilder, sql } from "../../platform/db.ts";
import { isUuid } from "../../platform/ids.ts";
import { readReference } from "../find-profile.ts";
import type { HeldRow } from "./load-identifiers.pg.ts";

/** The profile a reference means (an id, also one that was merged away, or `type:value`), within a statement. */
export function livingId(ref: string): RawBuilder<string | null> {
  if (isUuid(ref))
    return sql`coalesce((select into_id from identity.aliases where from_id = ${ref}::uuid), ${ref}::uuid)`;
  const identifier = readReference(ref);
  if (identifier === null) return sql`null::uuid`;
  return sql`(select profile_id from identity.identifiers where type = ${identifier.type} and value = ${identifier.value})`;
}

export type HeldOfPerson = Omit<HeldRow, "profile_id" | "has_met">;

/** All identifiers of a profile, oldest first, within a statement. Leans on identifiers_profile. */
export function identifiersOf(id: RawBuilder<unknown>): RawBuilder<readonly HeldOfPerson[]> {
  return sql`
    (select coalesce(json_agg(json_build_object('type', type, 'value', value,
        'first_seen', ${instantText(sql`first_seen`)}, 'last_seen', ${instantText(sql`last_seen`)},
        'verified', verified, 'source', source, 'channel', channel, 'bridging', bridging)
      order by first_seen, type, value), '[]')
    from identity.identifiers where profile_id = ${id})`;
}

/** The ids that were merged into a profile, within a statement. Leans on aliases_into. */
export function mergedInto(id: RawBuilder<unknown>): RawBuilder<readonly string[]> {
  return sql`(select coalesce(json_agg(from_id order by from_id), '[]') from identity.aliases where into_id = ${id})`;
}
