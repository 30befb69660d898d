import { append } from "../../collect/index.ts";
import { normaliseEmail } from "../../identity/index.ts";
import { inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { NewShare, ShareBody } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { deviceOf } from "../shopping/change-list.ts";
import { lookAtList, type OpenList, openList } from "../shopping/open-list.ts";
import { loadLiveItems } from "../shopping/queries/items.pg.ts";
import { showItems } from "../shopping/read-lists.ts";
import { listEvent } from "../shopping/tell-list.ts";
import type { Viewer } from "../shopping/viewer.ts";
import type { ShareDeps } from "./deps.ts";
import { listMail } from "./list-mail.ts";
import { countMailed, insertShare, loadShares, revokeShare, type ShareRow } from "./queries/shares.pg.ts";
import { shareToken } from "./share-token.ts";

/** Mails per hour: for one list, and to one address from all lists together. */
const MOST_MAILED = { list: 10, address: 5 } as const;

/** Opens a list to whoever gets the link, for a time. The link is told once; mailed, it is told to nobody else. */
export async function shareList(deps: ShareDeps, viewer: Viewer, id: string, body: ShareBody): Promise<NewShare> {
  const { clock } = deps;
  const email = body.email === undefined ? null : readAddress(body.email);
  const now = clock.now();
  const row: ShareRow = {
    id: newId(clock),
    list_id: id,
    right_given: body.right,
    is_mailed: email !== null,
    address_mark: email === null ? null : markOf(deps, email),
    consent_wording: null,
    created_at: now.toString({ fractionalSecondDigits: 3 }),
    expires_at: now.add({ hours: 24 * body.days }).toString({ fractionalSecondDigits: 3 }),
  };
  await inTransaction(deps.db, async (tx) => {
    const open = await openList(tx, deps, viewer, id, "own");
    await checkMailed(tx, row, now);
    await insertShare(tx, row);
    await tellShared(tx, deps, viewer, open, { right: body.right, by: email === null ? "link" : "email" });
  });
  deps.bus.wake("inbox");
  const url = urlOf(deps, row.id);
  if (email !== null) await mailList(deps, row, { to: email, kind: "share", language: body.language });
  return { ...showShare(row), url: email === null ? url : null };
}

export function readAddress(given: string): string {
  const email = normaliseEmail(given);
  if (email === null) throw refuse("mail_address", undefined, [{ path: "email", message: "such as jane@example.com" }]);
  return email;
}

export function markOf({ secrets }: Pick<ShareDeps, "secrets">, email: string): string {
  return secrets.sign("list-mail", email).slice(0, 22);
}

export async function checkMailed(tx: Tx, row: ShareRow, now: Temporal.Instant): Promise<void> {
  if (row.address_mark === null) return;
  const sent = await countMailed(tx, row.list_id, row.address_mark, now.subtract({ hours: 1 }).toString());
  if (sent.list >= MOST_MAILED.list || sent.address >= MOST_MAILED.address) throw refuse("mailed_enough");
}

/** Queued after the commit: a link that nobody got opens nothing for anybody, a mailed link that is not kept would. */
export async function mailList(
  deps: ShareDeps,
  row: ShareRow,
  { to, kind, language }: { readonly to: string; readonly kind: "share" | "claim"; readonly language: string },
): Promise<void> {
  const items = await showItems(deps.db, deps.clock, await loadLiveItems(deps.db, [row.list_id]));
  await deps.sendMail({
    to,
    ...listMail(kind, { house: await deps.house(language), language }, items, urlOf(deps, row.id)),
  });
}

/** The token stands behind the #: no server, proxy or log sees it. */
export function urlOf({ publicUrl, secrets }: Pick<ShareDeps, "publicUrl" | "secrets">, shareId: string): string {
  return `${publicUrl}/shop/lists/shared#${shareToken(secrets, shareId)}`;
}

async function tellShared(
  tx: Tx,
  { clock }: ShareDeps,
  viewer: Viewer,
  { list }: OpenList,
  facts: { readonly right: string; readonly by: string },
): Promise<void> {
  const authorKind = viewer.kind === "staff" ? "associate" : "shopper";
  await append(tx, [listEvent(clock, { list, anonymousId: deviceOf(viewer), authorKind }, "List Shared", facts)]);
}

/** The links that still open a list. */
export async function readShares(deps: ShareDeps, viewer: Viewer, id: string) {
  const { list, right } = await lookAtList(deps.db, deps, viewer, id);
  if (right !== "own") throw refuse("list_not_found");
  return (await loadShares(deps.db, list.id, deps.clock.now().toString())).map(showShare);
}

/** Closes a link at once. */
export async function closeShare(
  deps: ShareDeps,
  viewer: Viewer,
  { id, shareId }: { readonly id: string; readonly shareId: string },
): Promise<{ readonly revoked: true }> {
  const { list } = await inTransaction(deps.db, async (tx) => {
    const open = await openList(tx, deps, viewer, id, "own");
    await revokeShare(tx, id, shareId, deps.clock.now().toString());
    return open;
  });
  // Whoever waits for changes by it looks again, and is shut out.
  deps.bus.changed("list", list.id, ["shares"]);
  return { revoked: true };
}

function showShare(row: ShareRow) {
  const { id, right_given: right, is_mailed, created_at, expires_at } = row;
  return { id, right, is_mailed, created_at, expires_at };
}
