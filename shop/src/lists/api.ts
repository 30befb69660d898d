import { type Kilim, KilimError } from "@kilim/sdk";
import type {
  ChangedList,
  FilledCart,
  ListKind,
  ListOperation,
  ListSummary,
  NewShare,
  SharedList,
  ShoppingList,
} from "../../../server/src/lists/contracts.ts";

export type { ListItem, ListSummary, SharedList, ShoppingList } from "../../../server/src/lists/contracts.ts";
export type Share = Omit<NewShare, "url">;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An operation as a screen thinks of it; its id is made when it is sent. */
export type Step = Without<ListOperation, "id">;

const PATH = "/v1/shopping-lists";
const by = (share: string | null): Record<string, string> => (share ? { "x-kilim-list-share": share } : {});

export const loadLists = (kilim: Kilim) => kilim.ask<{ items: ListSummary[] }>("GET", PATH);
export const makeList = (kilim: Kilim, kind: ListKind, name?: string) =>
  kilim.ask<ShoppingList>("POST", PATH, { kind, ...(name ? { name } : {}) });
export const loadList = (kilim: Kilim, id: string, share: string | null) =>
  kilim.ask<ShoppingList>("GET", `${PATH}/${id}`, undefined, by(share));

/** Answers when something has changed after `seq`, or in vain after some seconds. */
export const waitForList = (kilim: Kilim, id: string, share: string | null, seq: number) =>
  kilim.ask<ShoppingList>("GET", `${PATH}/${id}?after=${seq}&wait=20`, undefined, by(share));

export async function sendStep(kilim: Kilim, id: string, share: string | null, step: Step, authorName?: string) {
  const changed = await kilim.ask<ChangedList>(
    "POST",
    `${PATH}/${id}/operations`,
    { operations: [{ ...step, id: crypto.randomUUID() }], ...(authorName ? { author_name: authorName } : {}) },
    by(share),
  );
  const [result] = changed.results;
  if (result?.outcome === "refused") throw new KilimError(422, result.code ?? "refused", "");
  return changed;
}

export const renameList = (kilim: Kilim, id: string, name: string) =>
  kilim.ask<ShoppingList>("PUT", `${PATH}/${id}`, { name });
export const deleteList = (kilim: Kilim, id: string) => kilim.ask("DELETE", `${PATH}/${id}`);

export const loadShares = (kilim: Kilim, id: string) => kilim.ask<{ items: Share[] }>("GET", `${PATH}/${id}/shares`);
export const makeShare = (kilim: Kilim, id: string, body: object) =>
  kilim.ask<NewShare>("POST", `${PATH}/${id}/shares`, body, { "idempotency-key": crypto.randomUUID() });
export const closeShare = (kilim: Kilim, id: string, shareId: string) =>
  kilim.ask("DELETE", `${PATH}/${id}/shares/${shareId}`);

export const loadShared = (kilim: Kilim, share: string) =>
  kilim.ask<SharedList>("GET", `${PATH}/shared`, undefined, by(share));
export const claimShared = (kilim: Kilim, share: string) =>
  kilim.ask<ShoppingList>("POST", `${PATH}/shared/claim`, undefined, by(share));
export const fillCart = (kilim: Kilim, listId: string, share: string) =>
  kilim.ask<FilledCart>("POST", "/v1/cart/from-list", { list_id: listId }, by(share));
export const confirmNews = (kilim: Kilim, share: string) =>
  kilim.ask("POST", `${PATH}/shared/confirm-news`, undefined, by(share));

export interface Errand {
  readonly state: "open" | "taken" | "ready" | "done" | "cancelled";
  readonly store_id: string;
}
export const loadErrand = (kilim: Kilim, id: string) =>
  kilim.ask<{ errand: Errand | null }>("GET", `${PATH}/${id}/errand`);
export const sendToStore = (kilim: Kilim, id: string, storeId: string) =>
  kilim.ask("POST", `${PATH}/${id}/errands`, { store_id: storeId });
