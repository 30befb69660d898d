import { readStores } from "../../catalog/index.ts";
import { append, newEvent } from "../../collect/index.ts";
import { findProfile, sessionEmail } from "../../identity/index.ts";
import { inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { Principal } from "../../platform/principal.ts";
import type { SharedList, ShoppingList } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { announceList } from "../shopping/announce-list.ts";
import { lookAtList, openList } from "../shopping/open-list.ts";
import { type ListRow, loadList, saveList } from "../shopping/queries/lists.pg.ts";
import { showList } from "../shopping/read-lists.ts";
import { listEvent } from "../shopping/tell-list.ts";
import type { Viewer } from "../shopping/viewer.ts";
import type { ShareDeps } from "./deps.ts";
import { revokeShare, type ShareRow, takeConsent } from "./queries/shares.pg.ts";
import { markOf } from "./share-list.ts";
import { readShare } from "./share-token.ts";

/** The list that a link opens. */
export async function readShared(deps: ShareDeps, viewer: Viewer): Promise<SharedList> {
  const share = await shareOf(deps, viewer);
  const open = await lookAtList(deps.db, deps, viewer, share.list_id);
  return {
    ...(await showList(deps.db, deps.clock, open)),
    can_claim: share.right_given === "claim",
    consent_wording: share.consent_wording,
  };
}

async function shareOf(deps: ShareDeps, viewer: Viewer): Promise<ShareRow> {
  const token = viewer.kind === "holder" ? viewer.share : null;
  const share = token === null ? null : await readShare(deps.db, deps, token);
  if (share === null) throw refuse("share_over");
  return share;
}

type Shopper = Extract<Principal, { kind: "shopper" }>;

/**
 * A mailed list becomes that of whoever has signed in with it. When she has proven the very address it was mailed to, the
 * kiosk's short life is hers as well.
 */
export async function claimList(deps: ShareDeps, viewer: Viewer, shopper: Shopper): Promise<ShoppingList> {
  const { db, clock, bus } = deps;
  const share = await shareOf(deps, viewer);
  if (share.right_given !== "claim") throw refuse("list_not_found");
  const email = await sessionEmail(db, shopper.sessionId);
  const list = await inTransaction(db, async (tx) => {
    const { list } = await openList(tx, deps, viewer, share.list_id, "read");
    const profileId = (await findProfile(tx, shopper.profileId)) ?? shopper.profileId;
    if (list.anonymous_id === null) {
      if (list.profile_id === profileId) return list;
      throw refuse("share_over");
    }
    const hers = { ...list, profile_id: profileId, anonymous_id: null, name: list.name ?? (await nameOf(tx, list)) };
    await saveList(tx, hers);
    await revokeShare(tx, list.id, share.id, clock.now().toString());
    const isProven = email !== null && markOf(deps, email) === share.address_mark;
    const tale = { list: hers, anonymousId: shopper.anonymousId, authorKind: "shopper" as const };
    await append(tx, [
      listEvent(clock, tale, "List Claimed", {}),
      ...(isProven ? [proofOf(deps, list.anonymous_id, email)] : []),
    ]);
    return hers;
  });
  announceList(bus, list.id, list.profile_id);
  return showList(db, clock, { list, right: "own" });
}

/** Where and when it was made: her lists from several visits stay apart. */
async function nameOf(tx: Tx, list: ListRow): Promise<string> {
  const store = (await readStores(tx)).find(({ id }) => id === list.store_id);
  return [store?.name, list.created_at.slice(0, 10)].filter(Boolean).join(", ");
}

function proofOf({ clock }: ShareDeps, anonymousId: string, email: string) {
  return newEvent(clock, {
    messageId: newId(clock),
    source: "lists",
    type: "identify",
    name: "Identify",
    anonymousId,
    verified: true,
    channel: "email",
    traits: { email },
  });
}

/** The yes to news counts now that it comes out of the mailbox it is about. Twice is once. */
export async function confirmNews(deps: ShareDeps, viewer: Viewer): Promise<{ readonly confirmed: true }> {
  const { db, clock, bus } = deps;
  const share = await shareOf(deps, viewer);
  await inTransaction(db, async (tx) => {
    const list = await loadList(tx, share.list_id);
    const wording = await takeConsent(tx, share.id);
    if (!list || wording === null) return;
    const tale = { list, anonymousId: list.anonymous_id, authorKind: "shopper" as const };
    const properties = { channel: "email", purpose: "marketing", state: "granted", source: "kiosk", wording };
    await append(tx, [listEvent(clock, tale, "Consent Changed", properties)]);
  });
  bus.wake("inbox");
  return { confirmed: true };
}
