import { findProfile, profileForDevice } from "../../identity/index.ts";
import type { Bus } from "../../platform/bus.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { Holder, NewListBody, ShoppingList } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { requirePerson } from "../open-cart.ts";
import { announceList } from "./announce-list.ts";
import type { LookDeps } from "./open-list.ts";
import { insertList, type ListRow, loadList, lockLists } from "./queries/lists.pg.ts";
import { showList } from "./read-lists.ts";
import { takeOverIn } from "./take-over-lists.ts";

export interface ListDeps extends LookDeps {
  readonly db: Db;
  readonly bus: Bus;
}

const MOST_LISTS = 100;

/** Makes a list for a device or a person; without a name it is the main one of its kind, made once. */
export async function makeList(deps: ListDeps, holder: Holder, body: NewListBody): Promise<ShoppingList> {
  const { clock } = deps;
  const { list, poured } = await inTransaction(deps.db, async (tx) => {
    const ofDevice = await profileForDevice(tx, deps, holder.anonymousId);
    if (ofDevice === null) throw refuse("device_unknown", "That is not an anonymous id of a device.");
    if (holder.kind === "device") {
      const given = { profileId: ofDevice, anonymousId: holder.anonymousId, origin: body.origin };
      return { list: await makeOne(tx, deps, given, body), poured: [] };
    }
    const profileId = (await findProfile(tx, holder.profileId)) ?? holder.profileId;
    const poured = ofDevice === profileId ? await takeOverIn(tx, clock, holder.anonymousId, profileId) : [];
    // Who has proven herself makes her own list, wherever she stands.
    const given = { profileId, anonymousId: null, origin: "shopper" as const };
    return { list: await makeOne(tx, deps, given, body), poured };
  });
  for (const id of [list.id, ...poured]) announceList(deps.bus, id, list.profile_id);
  return showList(deps.db, clock, { list, right: "own" });
}

/** A list that the staff makes for a person. */
export async function makeListFor(deps: ListDeps, ref: string, body: NewListBody): Promise<ShoppingList> {
  const list = await inTransaction(deps.db, async (tx) => {
    const profileId = await requirePerson(tx, ref);
    return makeOne(tx, deps, { profileId, anonymousId: null, origin: "associate" }, body);
  });
  announceList(deps.bus, list.id, list.profile_id);
  return showList(deps.db, deps.clock, { list, right: "own" });
}

type Whose = Pick<ListRow, "origin"> & { readonly profileId: string; readonly anonymousId: string | null };

async function makeOne(tx: Tx, { clock }: Pick<ListDeps, "clock">, whose: Whose, body: NewListBody): Promise<ListRow> {
  const { profileId, anonymousId, origin } = whose;
  const at = clock.now().toString({ fractionalSecondDigits: 3 });
  const row: ListRow = {
    id: newId(clock),
    profile_id: profileId,
    anonymous_id: anonymousId,
    kind: body.kind,
    name: body.name ?? null,
    origin,
    store_id: body.store_id ?? null,
    seq: 0,
    created_at: at,
    updated_at: at,
  };
  const mine = (lists: readonly ListRow[]) =>
    lists.filter(
      (list) => list.anonymous_id === anonymousId && (anonymousId !== null || list.profile_id === profileId),
    );
  const isMain = (list: ListRow) => list.kind === row.kind && list.name === null;
  const there = mine(await lockLists(tx, [profileId], anonymousId));
  const main = row.name === null ? there.find(isMain) : undefined;
  if (main) return main;
  if (there.length >= MOST_LISTS) throw refuse("too_many_lists");
  await insertList(tx, row);
  const made = await loadList(tx, row.id);
  // Somebody else has made the main list at this moment: it is that one.
  const found = made ?? mine(await lockLists(tx, [profileId], anonymousId)).find(isMain);
  if (!found) throw new TypeError("a list vanished while it was made");
  return found;
}
