import type { KilimEvent } from "../../collect/index.ts";
import { isJsonObject } from "../../platform/json.ts";
import { toMinor } from "../../platform/money.ts";
import { currencyOf } from "./fold-orders.ts";
import { type CartTold, isNewer, type Memory } from "./memory.ts";

/** Folds what our own rooms say of all of a person's lists, told whole with each change (`properties.lists`). */
export function foldLists(memory: Memory, { timestamp, messageId, properties }: KilimEvent): boolean {
  const { lists } = properties;
  if (!isJsonObject(lists) || typeof lists.items !== "number") return false;
  const value = toMinor(lists.value, currencyOf(lists)) ?? 0;
  tellLists(memory, { at: timestamp, id: messageId, items: lists.items, value });
  return true;
}

/** The newest telling wins. */
export function tellLists(memory: Memory, told: CartTold): void {
  const { lists } = memory;
  if (isNewer(told.at, told.id, lists && [lists.at, lists.id])) memory.lists = told;
}

/** What stands on them now. */
export function listsOf({ lists }: Memory): { items: number; value: number; updated_at: string | null } {
  return { items: lists?.items ?? 0, value: lists?.value ?? 0, updated_at: lists?.at ?? null };
}
