import { loadAliases } from "../identity/index.ts";
import type { Db } from "../platform/db.ts";
import type { KeyRing } from "../platform/keys.ts";
import type { StreamItem } from "./contracts.ts";
import type { Found } from "./to-item.ts";

export interface NameDeps {
  readonly db: Db;
  readonly keys: KeyRing;
  /** What people are called, by profile id; ids nobody has are absent. */
  readonly namesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string | null>>;
}

/** Says of each by which key it came and whose it is now. */
export async function nameItems(deps: NameDeps, found: readonly Found[]): Promise<StreamItem[]> {
  const ids = [...new Set(found.flatMap((item) => item.profile_id ?? []))];
  const aliases = ids.length > 0 ? await loadAliases(deps.db, ids) : new Map<string, string>();
  const living = [...new Set(ids.map((id) => aliases.get(id) ?? id))];
  const names = living.length > 0 ? await deps.namesOf(living) : new Map<string, string | null>();
  const keys = await keyNames(deps.keys);
  return found.map(({ tie: _, ...item }) => {
    const profileId = item.profile_id === null ? null : (aliases.get(item.profile_id) ?? item.profile_id);
    return {
      ...item,
      source_name: keys.get(item.source) ?? null,
      profile_id: profileId,
      profile_name: profileId === null ? null : (names.get(profileId) ?? null),
    };
  });
}

export async function keyNames(keys: KeyRing): Promise<ReadonlyMap<string, string>> {
  return new Map((await keys.list()).map((key) => [key.id, key.name]));
}
