import { append, newEvent } from "../../collect/index.ts";
import { inTransaction } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { MailToMeBody } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { announceList } from "../shopping/announce-list.ts";
import { deviceOf } from "../shopping/change-list.ts";
import { openList } from "../shopping/open-list.ts";
import { loadLiveItems } from "../shopping/queries/items.pg.ts";
import { listEvent } from "../shopping/tell-list.ts";
import type { Viewer } from "../shopping/viewer.ts";
import type { ShareDeps } from "./deps.ts";
import { insertShare, type ShareRow } from "./queries/shares.pg.ts";
import { checkMailed, mailList, markOf, readAddress } from "./share-list.ts";

const KEPT_DAYS = 90;

/**
 * Mails a list to whoever made it without an account, at a kiosk. The address is a claim: it joins the histories for
 * analysis and opens nothing there. The link in the mail proves it, and only then a yes to news counts.
 */
export async function mailToMe(
  deps: ShareDeps,
  viewer: Viewer,
  id: string,
  body: MailToMeBody,
): Promise<{ readonly sent: true }> {
  const { clock } = deps;
  const email = readAddress(body.email);
  const now = clock.now();
  const row: ShareRow = {
    id: newId(clock),
    list_id: id,
    right_given: "claim",
    is_mailed: true,
    address_mark: markOf(deps, email),
    consent_wording: body.consent_wording ?? null,
    created_at: now.toString({ fractionalSecondDigits: 3 }),
    expires_at: now.add({ hours: 24 * KEPT_DAYS }).toString({ fractionalSecondDigits: 3 }),
  };
  const { list } = await inTransaction(deps.db, async (tx) => {
    const open = await openList(tx, deps, viewer, id, "own");
    if (open.list.anonymous_id === null) throw refuse("list_not_found", "This list belongs to somebody already.");
    if ((await loadLiveItems(tx, [id])).length === 0) throw refuse("list_empty");
    await checkMailed(tx, row, now);
    await insertShare(tx, row);
    const tale = { list: open.list, anonymousId: deviceOf(viewer), authorKind: "kiosk" as const };
    await append(tx, [
      newEvent(clock, {
        messageId: newId(clock),
        source: "lists",
        type: "identify",
        name: "Identify",
        anonymousId: open.list.anonymous_id,
        channel: open.list.origin === "kiosk" ? "kiosk" : "web",
        traits: { email },
      }),
      listEvent(clock, tale, "List Mailed", {}),
    ]);
    return open;
  });
  announceList(deps.bus, id, list.profile_id);
  await mailList(deps, row, { to: email, kind: "claim", language: body.language });
  return { sent: true };
}
