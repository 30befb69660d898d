import { asEventProduct, readItems } from "../../catalog/index.ts";
import { append, type KilimEvent, newEvent } from "../../collect/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { JsonObject } from "../../platform/json.ts";
import { summariseLists } from "../summarise-lists.ts";
import type { ItemRow } from "./queries/items.pg.ts";
import type { ListRow } from "./queries/lists.pg.ts";

/** What happened to which list, and at whose hand. */
export interface ListTale {
  readonly list: ListRow;
  /** The device of the person herself; nobody else's, or two people would become one. */
  readonly anonymousId: string | null;
  readonly authorKind: ItemRow["author_kind"];
}

interface ItemChange {
  readonly before: ItemRow | null;
  readonly after: ItemRow;
}

/** Of wishes as Segment's standard calls it. */
const NAMES = {
  wish: { added: "Product Added to Wishlist", removed: "Product Removed from Wishlist" },
  shopping: { added: "Product Added to List", removed: "Product Removed from List" },
} as const;

/**
 * Writes what came onto a list and what left it as events of the person it belongs to, in the same transaction. Each
 * carries what stands on all her lists now, so that readers need not add up changes.
 */
export async function tellItems(tx: Tx, clock: Clock, tale: ListTale, changes: readonly ItemChange[]): Promise<void> {
  const lists = await summariseLists(tx, tale.list.profile_id);
  const known = await readItems(tx, [...new Set(changes.map(({ after }) => after.variant_id))]);
  const events = changes.flatMap(({ before, after }) => {
    const product = known.get(after.variant_id);
    const step = stepOf(before, after);
    if (!product || step === null) return [];
    const facts = { ...asEventProduct(product, after.quantity), note: after.note !== null, lists };
    return listEvent(clock, tale, NAMES[tale.list.kind][step], facts);
  });
  await append(tx, events);
}

/** A second piece of what is there already is something put there, too. */
function stepOf(before: ItemRow | null, after: ItemRow): "added" | "removed" | null {
  if (after.removed_at !== null) return "removed";
  if (before === null || before.removed_at !== null || after.quantity > before.quantity) return "added";
  return null;
}

/** An event about one list, on the timeline of the person it belongs to. */
export function listEvent(clock: Clock, tale: ListTale, name: string, facts: JsonObject): KilimEvent {
  const { list, anonymousId, authorKind } = tale;
  const isHers = authorKind === "shopper" || authorKind === "kiosk";
  return newEvent(clock, {
    messageId: newId(clock),
    source: "lists",
    name,
    profileId: list.profile_id,
    anonymousId: isHers ? anonymousId : null,
    channel: authorKind === "associate" ? "store" : authorKind === "kiosk" ? "kiosk" : "web",
    properties: {
      ...facts,
      list_id: list.id,
      list_kind: list.kind,
      ...(list.kind === "wish" ? { wishlist_id: list.id } : {}),
      author: authorKind,
      ...(list.store_id === null ? {} : { store_id: list.store_id }),
    },
  });
}
