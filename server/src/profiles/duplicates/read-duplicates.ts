import { loadIdentifiersOf } from "../../identity/index.ts";
import type { Db } from "../../platform/db.ts";
import { refuse } from "../../platform/errors.ts";
import { isJsonObject, type JsonObject } from "../../platform/json.ts";
import type { Page, PageQuery } from "../../platform/pages.ts";
import type { Duplicate, Profile } from "../contracts.ts";
import { displayName, text } from "../display-name.ts";
import { loadProfiles } from "../load-profiles.ts";
import { decidePair, listPairs, type PairRow } from "../queries/duplicates.pg.ts";

export async function readDuplicates(db: Db, state: "open" | "dismissed", query: PageQuery): Promise<Page<Duplicate>> {
  const page = await listPairs(db, state, query);
  const ids = [...new Set(page.items.flatMap(({ a, b }) => [a, b]))];
  const profiles = await loadProfiles(db, ids);
  const held = Map.groupBy(ids.length > 0 ? await loadIdentifiersOf(db, ids) : [], ({ profile_id }) => profile_id);
  const side = (id: string) => {
    const identifiers = (held.get(id) ?? []).map(({ type, value, verified }) => ({ type, value, verified }));
    return { ...facts(profiles.get(id)), id, identifiers };
  };
  return {
    next: page.next,
    items: page.items.map(({ a, b, state: _, ...pair }) => ({
      ...pair,
      state,
      evidence: [...pair.evidence],
      a: side(a),
      b: side(b),
    })),
  };
}

function facts(profile: Profile | undefined) {
  const traits = profile?.traits ?? {};
  return {
    name: displayName(traits),
    email: text(traits.email),
    phone: text(traits.phone),
    birthday: text(traits.birthday)?.slice(0, 10) ?? null,
    city: text(traits.city),
    address: addressOf(traits),
    orders: profile?.computed.orders ?? 0,
    first_seen: profile?.first_seen || null,
    last_seen: profile?.last_seen || null,
  };
}

function addressOf(traits: JsonObject): string | null {
  const given = isJsonObject(traits.address) ? traits.address : traits;
  const parts = [given.street, given.line1, given.postal_code, given.postalCode, given.zip].map(text).filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : null;
}

/** "Not the same person", or that taken back. */
export async function decideDuplicate(
  db: Db,
  id: string,
  state: "open" | "dismissed",
  by: { readonly at: string; readonly name: string },
): Promise<PairRow> {
  const decided = await decidePair(db, id, state, state === "open" ? null : by);
  if (!decided) throw refuse("not_found");
  return decided;
}
