import { append } from "../../collect/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import { wordsOf } from "../annotations.ts";
import { MOST_PER_ITEM } from "../contracts.ts";
import { summariseLists } from "../summarise-lists.ts";
import { canLieOn, together } from "./apply-operation.ts";
import { type ItemRow, loadItems, loadLiveItems, saveItems } from "./queries/items.pg.ts";
import { deleteList, type ListRow, moveWhatHangs, saveList } from "./queries/lists.pg.ts";
import { listEvent } from "./tell-list.ts";

/**
 * Lays one list into another of the same kind, and takes the first away: it can happen only once. Wishes are united,
 * what is to be bought adds up; nobody's words are lost. Both must be locked. Answers with the list as it is then.
 */
export async function pourList(tx: Tx, clock: Clock, from: ListRow, into: ListRow): Promise<ListRow> {
  const coming = await loadLiveItems(tx, [from.id]);
  const there = await loadItems(tx, [into.id]);
  const { items, seq } = unite(into, there, coming);
  const at = clock.now().toString({ fractionalSecondDigits: 3 });
  const list = { ...into, seq, ...(items.length > 0 ? { updated_at: at } : {}) };
  await saveItems(tx, items);
  await saveList(tx, list);
  await moveWhatHangs(tx, from.id, into.id);
  await deleteList(tx, from.id);
  if (items.length > 0) {
    const tale = { list, anonymousId: from.anonymous_id, authorKind: "shopper" as const };
    await append(tx, [
      listEvent(clock, tale, "List Merged", { items: items.length, lists: await summariseLists(tx, list.profile_id) }),
    ]);
  }
  return list;
}

/** The rows that change when what is coming is laid beside what is there. */
export function unite(
  into: Pick<ListRow, "id" | "kind" | "seq">,
  there: readonly ItemRow[],
  coming: readonly ItemRow[],
): { readonly items: ItemRow[]; readonly seq: number } {
  const rows = new Map(there.map((item) => [item.id, item]));
  const changed = new Set<string>();
  let { seq } = into;
  for (const item of coming) {
    const same = [...rows.values()].find((other) => other.removed_at === null && canLieOn(other, item));
    seq += 1;
    const next = same
      ? {
          ...same,
          ...wordsOf(item),
          quantity: Math.min(MOST_PER_ITEM, together(into.kind, same.quantity, item.quantity)),
          seq,
        }
      : { ...item, list_id: into.id, seq };
    rows.set(next.id, next);
    changed.add(next.id);
  }
  return { items: [...changed].flatMap((id) => rows.get(id) ?? []), seq };
}
