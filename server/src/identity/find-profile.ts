import { type Db, one, sql } from "../platform/db.ts";
import { isUuid } from "../platform/ids.ts";
import { jointly } from "../platform/jointly.ts";
import { type Identifier, normaliseIdentifier } from "./extract-identifiers.ts";
import { loadAliases, loadIdentifiers } from "./queries/load-identifiers.pg.ts";

/** The profile a reference means: its id (also one that was merged away) or `type:value`; null when there is none. */
export async function findProfile(db: Db, ref: string): Promise<string | null> {
  if (isUuid(ref)) {
    const id = ref.toLowerCase();
    return (await jointly(db, survivors, [id])).find(([from]) => from === id)?.[1] ?? id;
  }
  const colon = ref.indexOf(":");
  return colon > 0 ? findByIdentifier(db, ref.slice(0, colon), ref.slice(colon + 1)) : null;
}

async function survivors(db: Db, ids: readonly string[]): Promise<[string, string][]> {
  return [...(await loadAliases(db, ids))];
}

/** The identifier that a reference `type:value` names, in its one form; null when it names none. */
export function readReference(ref: string): Identifier | null {
  const colon = ref.indexOf(":");
  if (colon <= 0) return null;
  const type = ref.slice(0, colon);
  const value = normaliseIdentifier(type, ref.slice(colon + 1));
  return value === null ? null : { type, value };
}

export async function findByIdentifier(db: Db, type: string, value: string): Promise<string | null> {
  const normal = normaliseIdentifier(type, value);
  if (normal === null) return null;
  const found = await one(
    db,
    sql<{ profile_id: string }>`select profile_id from identity.identifiers where type = ${type} and value = ${normal}`,
  );
  return found?.profile_id ?? null;
}

/** As `findProfile` for many at once, beside each reference its answer; two questions at most. */
export async function findProfiles(db: Db, refs: readonly string[]): Promise<(string | null)[]> {
  const ids = refs.filter(isUuid);
  const named = refs.map((ref) => (isUuid(ref) ? null : readReference(ref)));
  const aliases = ids.length > 0 ? await loadAliases(db, ids) : new Map<string, string>();
  const names = named.filter((identifier) => identifier !== null);
  const { held } = names.length > 0 ? await loadIdentifiers(db, names) : { held: [] };
  const holderOf = new Map(held.map((row) => [`${row.type}:${row.value}`, row.profile_id]));
  return refs.map((ref, i) => {
    if (isUuid(ref)) return aliases.get(ref) ?? ref;
    return holderOf.get(`${named[i]?.type}:${named[i]?.value}`) ?? null;
  });
}
