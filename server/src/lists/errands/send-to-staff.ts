import { readStores } from "../../catalog/index.ts";
import { append } from "../../collect/index.ts";
import { inTransaction } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { ErrandBody } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { deviceOf } from "../shopping/change-list.ts";
import type { ListDeps } from "../shopping/make-list.ts";
import { lookAtList, openList } from "../shopping/open-list.ts";
import { loadLiveItems } from "../shopping/queries/items.pg.ts";
import { listEvent } from "../shopping/tell-list.ts";
import type { Viewer } from "../shopping/viewer.ts";
import { announceErrand } from "./move-errand.ts";
import { type ErrandRow, insertErrand, loadErrand, loadErrandOf } from "./queries/errands.pg.ts";

/** Asks the staff of a store to bring what is on a list to the till. Asked twice, it is one errand. */
export async function sendToStaff(deps: ListDeps, viewer: Viewer, id: string, body: ErrandBody) {
  const { db, clock } = deps;
  const errand = await inTransaction(db, async (tx) => {
    const { list } = await openList(tx, deps, viewer, id, "edit");
    if (!(await readStores(tx)).some((store) => store.id === body.store_id)) throw refuse("store_not_found");
    const items = (await loadLiveItems(tx, [id])).length;
    if (items === 0) throw refuse("list_empty");
    const at = clock.now().toString({ fractionalSecondDigits: 3 });
    const errandId = await insertErrand(tx, {
      id: newId(clock),
      list_id: id,
      profile_id: list.profile_id,
      store_id: body.store_id,
      state: "open",
      called: body.called ?? null,
      note: body.note ?? null,
      taken_by: null,
      created_at: at,
      updated_at: at,
    });
    const authorKind = viewer.kind === "staff" ? "associate" : list.origin === "kiosk" ? "kiosk" : "shopper";
    const tale = { list, anonymousId: deviceOf(viewer), authorKind } as const;
    await append(tx, [listEvent(clock, tale, "List Sent to Staff", { items, store_id: body.store_id })]);
    const made = await loadErrand(tx, errandId);
    if (!made) throw new TypeError("an errand vanished while it was made");
    return made;
  });
  announceErrand(deps.bus, errand);
  return showState(errand);
}

/** How far the staff is with a list; null when nobody was asked. */
export async function readErrandOf(deps: ListDeps, viewer: Viewer, id: string) {
  await lookAtList(deps.db, deps, viewer, id);
  const errand = await loadErrandOf(deps.db, id);
  return { errand: errand ? showState(errand) : null };
}

function showState({ taken_by: _, profile_id: __, ...row }: ErrandRow) {
  return row;
}
