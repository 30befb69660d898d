import { among, type Db, list, rows, sql } from "../../platform/db.ts";
import type { Identifier } from "../extract-identifiers.ts";
import type { Suppression } from "./suppressed.pg.ts";

export interface HeldRow {
  readonly type: string;
  readonly value: string;
  readonly profile_id: string;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly verified: boolean;
  readonly source: string;
  readonly channel: string;
  readonly bridging: "shared" | "overused" | null;
  readonly has_met: boolean;
}

export interface Known {
  readonly held: HeldRow[];
  /** Null unless somebody is suppressed, or was erased a while ago. */
  readonly suppression: Suppression | null;
}

/**
 * Whose the given identifiers are, and whether suppressed ones have to be asked for: of one moment, so that an erasure
 * that commits in between is either not seen at all or seen whole. Asked also for none: a separation waits for whoever has
 * looked at the table. Leans on the primary key.
 */
export async function loadIdentifiers(db: Db, wanted: readonly Identifier[]): Promise<Known> {
  const found = await rows(
    db,
    sql<Omit<HeldRow, "type" | "value"> & { n: number }>`
      select w.n::int4 as n, i.profile_id, i.first_seen, i.last_seen, i.verified, i.source, i.channel, i.bridging, i.has_met
      from unnest(${list(
        "text",
        wanted.map((w) => w.type),
      )}, ${list(
        "text",
        wanted.map((w) => w.value),
      )}) with ordinality as w (type, value, n)
      join identity.identifiers i using (type, value)
      union all
      select 0, null, newest_until, null, is_active, '', '', null, false from identity.suppression
      where is_active or newest_until is not null`,
  );
  const held: HeldRow[] = [];
  let suppression: Suppression | null = null;
  for (const { n, ...row } of found) {
    if (n > 0) held.push({ ...(wanted[n - 1] as Identifier), ...row });
    else suppression = { is_active: row.verified, newest_until: row.first_seen };
  }
  return { held, suppression };
}

/** All identifiers of the given profiles, strongest kind and oldest first. Leans on identifiers_profile. */
export async function loadIdentifiersOf(db: Db, profileIds: readonly string[]): Promise<HeldRow[]> {
  return rows(
    db,
    sql<HeldRow>`
      select type, value, profile_id, first_seen, last_seen, verified, source, channel, bridging, has_met
      from identity.identifiers where profile_id ${among("uuid", profileIds)} order by first_seen, type, value`,
  );
}

/** Old profile ids among the given ones, with the id that lives on. */
export async function loadAliases(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{
      from_id: string;
      into_id: string;
    }>`select from_id, into_id from identity.aliases where from_id ${among("uuid", ids)}`,
  );
  return new Map(found.map((row) => [row.from_id, row.into_id]));
}

/** Where ids of our own lead that may no longer be the person's: merged ones to who lives on, erased ones to nobody. */
export async function loadFates(
  db: Db,
  given: Iterable<string>,
): Promise<{ aliases: Map<string, string>; erased: Set<string> }> {
  const ids = [...given];
  if (ids.length === 0) return { aliases: new Map(), erased: new Set() };
  const found = await rows(
    db,
    sql<{ id: string; into_id: string | null }>`
      select from_id as id, into_id from identity.aliases where from_id = any(${list("uuid", ids)})
      union all
      select id, null from unnest(${list("uuid", ids)}) as t (id) join identity.erased on key = md5(id::text)::uuid`,
  );
  const aliases = new Map<string, string>();
  for (const { id, into_id } of found) if (into_id !== null) aliases.set(id, into_id);
  return { aliases, erased: new Set(found.filter((row) => row.into_id === null).map((row) => row.id)) };
}

/** The ids that were merged into this profile, in no order. Leans on aliases_into. */
export async function loadMergedFrom(db: Db, profileId: string): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ from_id: string }>`select from_id from identity.aliases where into_id = ${profileId} order by from_id`,
  );
  return found.map((row) => row.from_id);
}

/** Ids that were merged into these profiles, each with the one it leads to. Leans on aliases_into. */
export async function loadMergedInto(db: Db, profileIds: readonly string[]): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{ from_id: string; into_id: string }>`
      select from_id, into_id from identity.aliases where into_id = any(${list("uuid", profileIds)})`,
  );
  return new Map(found.map((row) => [row.from_id, row.into_id]));
}
