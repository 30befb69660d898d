import { ANNOTATIONS, annotationsOf, type GivenAnnotations, NO_ANNOTATIONS, wordsOf } from "../annotations.ts";
import { type ListKind, type ListOperation, MOST_PER_ITEM, type OperationResult } from "../contracts.ts";
import type { listErrors } from "../errors.ts";
import type { ItemRow } from "./queries/items.pg.ts";

/** A list under change: every item, also those taken off. */
export interface Sheet {
  readonly listId: string;
  readonly kind: ListKind;
  readonly items: Map<string, ItemRow>;
  /** Operations that were done before. */
  readonly done: Set<string>;
  seq: number;
}

/** Who changes it, and when. */
export interface Hand {
  readonly at: string;
  readonly authorKind: ItemRow["author_kind"];
  readonly authorName: string | null;
  /** What variants cost now; one that is absent does not exist. */
  readonly prices: ReadonlyMap<string, { readonly amount: number; readonly currency: string }>;
  /** Of these, what was taken off sale. */
  readonly archived: ReadonlySet<string>;
  /** Photos that were uploaded to this list. */
  readonly photos: ReadonlySet<string>;
}

export interface Applied {
  readonly result: OperationResult;
  /** The item as it stood before, null when it is new. Set only when something changed. */
  readonly change: { readonly before: ItemRow | null; readonly after: ItemRow } | null;
}

const MOST_ITEMS = 500;

/**
 * Lets one operation work on the sheet. Additions commute, a change touches the fields it names alone and the later one
 * wins, a removal beats a change, and an operation that was done is not done again.
 */
export function applyOperation(sheet: Sheet, hand: Hand, operation: ListOperation): Applied {
  const { id, item_id } = operation;
  const answer = (outcome: OperationResult["outcome"], itemId = item_id, code?: keyof typeof listErrors): Applied => ({
    result: { id, outcome, item_id: itemId, ...(code ? { code } : {}) },
    change: null,
  });
  if (sheet.done.has(id)) return answer("repeated");
  if ("photo_id" in operation && operation.photo_id && !hand.photos.has(operation.photo_id))
    return answer("refused", item_id, "photo_not_found");
  if (operation.op === "add") return add(sheet, hand, operation, answer);
  const there = sheet.items.get(item_id);
  if (!there) return answer("ignored");
  const next = nextOf(there, hand, operation);
  if (next === null) return answer("ignored");
  return settle(sheet, id, there, next);
}

type Add = Extract<ListOperation, { op: "add" }>;
type Answer = (outcome: OperationResult["outcome"], itemId?: string, code?: keyof typeof listErrors) => Applied;

function add(sheet: Sheet, hand: Hand, operation: Add, answer: Answer): Applied {
  const price = hand.prices.get(operation.variant_id);
  if (!price) return answer("refused", operation.item_id, "variant_not_found");
  if (hand.archived.has(operation.variant_id)) return answer("refused", operation.item_id, "not_sold");
  const live = [...sheet.items.values()].filter((item) => item.removed_at === null);
  const taken = sheet.items.get(operation.item_id);
  if (taken && taken.variant_id !== operation.variant_id) return answer("refused", operation.item_id, "item_taken");
  const same = taken?.removed_at === null ? taken : live.find((item) => canLieOn(item, operation));
  if (same) {
    const quantity = together(sheet.kind, same.quantity, operation.quantity);
    if (quantity > MOST_PER_ITEM) return answer("refused", same.id, "list_full");
    return settle(sheet, operation.id, same, { ...same, ...wordsOf(operation), quantity, updated_at: hand.at });
  }
  // What was taken off and is put back under its id begins anew.
  if (live.length >= MOST_ITEMS) return answer("refused", operation.item_id, "list_full");
  const item: ItemRow = {
    list_id: sheet.listId,
    id: operation.item_id,
    variant_id: operation.variant_id,
    quantity: operation.quantity,
    ...NO_ANNOTATIONS,
    ...annotationsOf(operation),
    author_kind: hand.authorKind,
    author_name: hand.authorName,
    price: price.amount,
    currency: price.currency,
    added_at: hand.at,
    updated_at: hand.at,
    seq: 0,
    removed_at: null,
    removal: null,
  };
  return settle(sheet, operation.id, taken ?? null, item);
}

/** Of a wish one is enough; what is to be bought adds up. */
export function together(kind: ListKind, one: number, other: number): number {
  return kind === "wish" ? Math.max(one, other) : one + other;
}

/** The same goods need no second line, unless that would lose somebody's words. */
export function canLieOn(item: ItemRow, given: Pick<Add, "variant_id"> & GivenAnnotations): boolean {
  if (item.variant_id !== given.variant_id) return false;
  return ANNOTATIONS.every((name) => {
    const value = given[name] ?? null;
    return value === null || item[name] === null || isSame(item[name], value);
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function nextOf(there: ItemRow, hand: Hand, operation: Exclude<ListOperation, Add>): ItemRow | null {
  if (operation.op === "restore") {
    if (there.removal !== "removed") return null;
    return { ...there, updated_at: hand.at, removed_at: null, removal: null };
  }
  if (there.removed_at !== null) return null;
  if (operation.op === "remove") return { ...there, updated_at: hand.at, removed_at: hand.at, removal: "removed" };
  const quantity = operation.quantity ?? there.quantity;
  return { ...there, ...annotationsOf(operation), quantity, updated_at: hand.at };
}

function settle(sheet: Sheet, operationId: string, before: ItemRow | null, next: ItemRow): Applied {
  sheet.seq += 1;
  sheet.done.add(operationId);
  const after = { ...next, seq: sheet.seq };
  sheet.items.set(after.id, after);
  return { result: { id: operationId, outcome: "done", item_id: after.id }, change: { before, after } };
}
