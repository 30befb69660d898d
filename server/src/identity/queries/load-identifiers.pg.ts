import { type Db, list, rows, sql } from "../../platform/db.ts";
import type { Identifier } from "../extract-identifiers.ts";

export interface HeldRow {
  readonly type: string;
  readonly value: string;
  readonly profile_id: string;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly verified: boolean;
  readonly source: string;
}

/** Whose the given identifiers are. Leans on the primary key. */
export async function loadIdentifiers(db: Db, wanted: readonly Identifier[]): Promise<HeldRow[]> {
  if (wanted.length === 0) return [];
  const found = await rows(
    db,
    sql<Omit<HeldRow, "type" | "value"> & { n: number }>`
      select w.n::int4 as n, i.profile_id, i.first_seen, i.last_seen, i.verified, i.source
      from unnest(${list(
        "text",
        wanted.map((w) => w.type),
      )}, ${list(
        "text",
        wanted.map((w) => w.value),
      )}) with ordinality as w (type, value, n)
      join identity.identifiers i using (type, value)`,
  );
  return found.map(({ n, ...held }) => ({ ...(wanted[n - 1] as Identifier), ...held }));
}

/** All identifiers of the given profiles, strongest kind and oldest first. Leans on identifiers_profile. */
export async function loadIdentifiersOf(db: Db, profileIds: readonly string[]): Promise<HeldRow[]> {
  return rows(
    db,
    sql<HeldRow>`
      select type, value, profile_id, first_seen, last_seen, verified, source
      from identity.identifiers where profile_id = any(${list("uuid", profileIds)}) order by first_seen, type, value`,
  );
}

/** Old profile ids among the given ones, with the id that lives on. */
export async function loadAliases(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{
      from_id: string;
      into_id: string;
    }>`select from_id, into_id from identity.aliases where from_id = any(${list("uuid", ids)})`,
  );
  return new Map(found.map((row) => [row.from_id, row.into_id]));
}

/** The ids that were merged into this profile, in no order. Leans on aliases_into. */
export async function loadMergedFrom(db: Db, profileId: string): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ from_id: string }>`select from_id from identity.aliases where into_id = ${profileId} order by from_id`,
  );
  return found.map((row) => row.from_id);
}
