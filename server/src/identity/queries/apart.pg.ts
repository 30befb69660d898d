import { type Db, list, rows, sql, type Tx } from "../../platform/db.ts";
import type { Side } from "../outcome.ts";
import type { HeldRow } from "./load-identifiers.pg.ts";

type OpenRow = HeldRow & { readonly side: number | null };

/**
 * What decides whether these profiles may change: all their identifiers, strongest kind and oldest first, and whom they
 * were separated from. Leans on identifiers_profile and apart_profile; the latter is all but empty.
 */
export async function loadOpen(
  tx: Tx,
  profileIds: readonly string[],
): Promise<{ readonly held: HeldRow[]; readonly apart: ReadonlyMap<string, readonly Side[]> }> {
  const ids = list("uuid", profileIds);
  const found = await rows(
    tx,
    sql<OpenRow>`
      (select type, value, profile_id, first_seen, last_seen, verified, source, channel, bridging, has_met, null::int2 as side
       from identity.identifiers where profile_id = any(${ids}))
      union all
      (select '', pair::text, profile_id, since, since, false, '', '', null, false, side from identity.apart where profile_id = any(${ids}))
      order by first_seen, type, value`,
  );
  const apart = new Map<string, Side[]>();
  const held: HeldRow[] = [];
  for (const row of found) {
    if (row.side === null) held.push(row);
    else apart.set(row.profile_id, [...(apart.get(row.profile_id) ?? []), { pair: row.value, side: row.side }]);
  }
  return { held, apart };
}

/** Whom these people were separated from: pairs "a b" of ids, the smaller first. Leans on apart_profile. */
export async function loadSeparated(tx: Tx, profileIds: readonly string[]): Promise<Set<string>> {
  const found = await rows(
    tx,
    sql<{ a: string; b: string }>`
      select least(x.profile_id, y.profile_id) as a, greatest(x.profile_id, y.profile_id) as b
      from identity.apart x join identity.apart y on y.pair = x.pair and y.side <> x.side
      where x.profile_id = any(${list("uuid", profileIds)})`,
  );
  return new Set(found.map(({ a, b }) => `${a} ${b}`));
}

/** Lets these two meet again; gives how many separations that lifted. Leans on apart_profile. */
export async function allowTogether(tx: Tx, a: string, b: string): Promise<number> {
  const lifted = await sql`
    delete from identity.apart where pair in (
      select pair from identity.apart one join identity.apart other using (pair)
      where one.profile_id = ${a} and other.profile_id = ${b})`.execute(tx);
  return Number(lifted.numAffectedRows ?? 0) / 2;
}

export interface ApartRow {
  readonly pair: string;
  readonly profile_id: string;
  readonly since: string;
}

/** Whom this person was separated from, newest first. Leans on apart_profile. */
export async function loadApartFrom(db: Db, profileId: string): Promise<ApartRow[]> {
  return rows(
    db,
    sql<ApartRow>`
      select other.pair, other.profile_id, other.since
      from identity.apart mine join identity.apart other on other.pair = mine.pair and other.side <> mine.side
      where mine.profile_id = ${profileId} order by other.since desc, other.pair desc limit 500`,
  );
}
