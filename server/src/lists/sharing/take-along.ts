import { append } from "../../collect/index.ts";
import { inTransaction } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { qrPng } from "../../platform/qr-code.ts";
import type { ListBehindCode, TakeAlong } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { deviceOf } from "../shopping/change-list.ts";
import { openList } from "../shopping/open-list.ts";
import { loadLiveItems } from "../shopping/queries/items.pg.ts";
import { loadList } from "../shopping/queries/lists.pg.ts";
import { listEvent } from "../shopping/tell-list.ts";
import type { Viewer } from "../shopping/viewer.ts";
import type { ShareDeps } from "./deps.ts";
import { insertShare, type ShareRow } from "./queries/shares.pg.ts";
import { urlOf } from "./share-list.ts";
import { readShare } from "./share-token.ts";

/** As long as somebody may take to look at it again at home. */
const KEPT_DAYS = 7;
const QR_WIDTH = 480;

/**
 * A link, and its picture, for whoever has put a list together at a kiosk without telling who she is: she scans it, and goes
 * on with the list on her own phone, or shows it at the till.
 */
export async function takeAlong(deps: ShareDeps, viewer: Viewer, id: string): Promise<TakeAlong> {
  const { clock } = deps;
  const now = clock.now();
  const row: ShareRow = {
    id: newId(clock),
    list_id: id,
    right_given: "claim",
    is_mailed: false,
    address_mark: null,
    consent_wording: null,
    created_at: now.toString({ fractionalSecondDigits: 3 }),
    expires_at: now.add({ hours: 24 * KEPT_DAYS }).toString({ fractionalSecondDigits: 3 }),
  };
  await inTransaction(deps.db, async (tx) => {
    const { list } = await openList(tx, deps, viewer, id, "own");
    if (list.anonymous_id === null) throw refuse("list_not_found", "This list belongs to somebody already.");
    if ((await loadLiveItems(tx, [id])).length === 0) throw refuse("list_empty");
    await insertShare(tx, row);
    const tale = { list, anonymousId: deviceOf(viewer), authorKind: "kiosk" as const };
    await append(tx, [listEvent(clock, tale, "List Shared", { right: "claim", by: "qr" })]);
  });
  deps.bus.wake("inbox");
  const url = urlOf(deps, row.id);
  return {
    url,
    qr: `data:image/png;base64,${qrPng(url, QR_WIDTH).toString("base64")}`,
    expires_at: row.expires_at,
  };
}

/** The list that somebody shows at the till: the address of a link, or its token alone. */
export async function findByLink(deps: ShareDeps, code: string): Promise<ListBehindCode> {
  const token = /ls_[\w.-]+$/.exec(code.trim())?.[0];
  const share = token === undefined ? null : await readShare(deps.db, deps, token);
  const list = share && (await loadList(deps.db, share.list_id));
  if (!list) throw refuse("share_over");
  return { list_id: list.id, profile_id: list.profile_id };
}
