import { append } from "../../collect/index.ts";
import type { Bus } from "../../platform/bus.ts";
import { inTransaction } from "../../platform/db.ts";
import { actorOf, type Principal } from "../../platform/principal.ts";
import type { Errand } from "../contracts.ts";
import { refuse } from "../errors.ts";
import type { ListDeps } from "../shopping/make-list.ts";
import { loadItems } from "../shopping/queries/items.pg.ts";
import { loadList } from "../shopping/queries/lists.pg.ts";
import { listEvent } from "../shopping/tell-list.ts";
import { type ErrandRow, loadErrand, moveErrand, saveFound } from "./queries/errands.pg.ts";
import { showErrands } from "./read-errands.ts";

export const STEPS = ["take", "give-back", "ready", "done", "cancel"] as const;
export type Step = (typeof STEPS)[number];

const MOVES: Readonly<Record<Step, { readonly from: readonly string[]; readonly to: Errand["state"] }>> = {
  take: { from: ["open"], to: "taken" },
  "give-back": { from: ["taken", "ready"], to: "open" },
  ready: { from: ["open", "taken"], to: "ready" },
  done: { from: ["open", "taken", "ready"], to: "done" },
  cancel: { from: ["open", "taken", "ready"], to: "cancelled" },
};

/** Moves an errand on. Of two associates who take it at once, one has it. */
export async function stepErrand(deps: ListDeps, principal: Principal, id: string, step: Step): Promise<Errand> {
  const { db, clock } = deps;
  const { from, to } = MOVES[step];
  const row = await inTransaction(db, async (tx) => {
    if (!(await loadErrand(tx, id))) throw refuse("errand_not_found");
    const takenBy = step === "take" || step === "ready" ? actorOf(principal) : null;
    if (!(await moveErrand(tx, id, { from, to, takenBy, at: clock.now().toString() }))) throw refuse("errand_moved_on");
    const moved = await loadErrand(tx, id);
    const list = moved && (await loadList(tx, moved.list_id));
    if (!moved || !list) throw refuse("errand_not_found");
    if (to === "ready") {
      const tale = { list, anonymousId: null, authorKind: "associate" as const };
      await append(tx, [listEvent(clock, tale, "List Ready at Till", { store_id: moved.store_id })]);
    }
    return moved;
  });
  announceErrand(deps.bus, row);
  return show(deps, row);
}

/** Notes whether something was where it should lie. */
export async function noteFound(
  deps: ListDeps,
  { id, itemId, isFound }: { readonly id: string; readonly itemId: string; readonly isFound: boolean },
): Promise<Errand> {
  const row = await inTransaction(deps.db, async (tx) => {
    const errand = await loadErrand(tx, id);
    const items = errand ? await loadItems(tx, [errand.list_id]) : [];
    if (!errand || !items.some((item) => item.id === itemId)) throw refuse("errand_not_found");
    await saveFound(tx, { errand_id: id, item_id: itemId, is_found: isFound });
    return errand;
  });
  announceErrand(deps.bus, row);
  return show(deps, row);
}

async function show({ db, clock }: ListDeps, row: ErrandRow): Promise<Errand> {
  const [errand] = await showErrands(db, clock, [row]);
  if (!errand) throw refuse("errand_not_found");
  return errand;
}

/** Tells the store's queue, and whoever waits beside the list. After the commit only. */
export function announceErrand(bus: Bus, errand: Pick<ErrandRow, "list_id" | "store_id" | "profile_id">): void {
  bus.changed("store", errand.store_id, ["errands"]);
  bus.changed("list", errand.list_id, ["errand"]);
  bus.changed("profile", errand.profile_id, ["lists"]);
  bus.wake("inbox");
}
