import { readItems } from "../../catalog/index.ts";
import { inTransaction, type Tx } from "../../platform/db.ts";
import type { ChangedList, Holder, OperationsBody } from "../contracts.ts";
import { loadStoresBringing } from "../errands/queries/errands.pg.ts";
import { watchVariants } from "../news/queries/watched.pg.ts";
import { loadPhotoIds } from "../photos/queries/photos.pg.ts";
import { marketOfOwner } from "../read-cart.ts";
import { announceList } from "./announce-list.ts";
import { type Applied, applyOperation, type Hand, type Sheet } from "./apply-operation.ts";
import type { ListDeps } from "./make-list.ts";
import { type OpenList, openList } from "./open-list.ts";
import { type ItemRow, loadItems, saveItems } from "./queries/items.pg.ts";
import { type ListRow, saveList } from "./queries/lists.pg.ts";
import { loadDone, noteDone } from "./queries/operations.pg.ts";
import { showList } from "./read-lists.ts";
import { tellItems } from "./tell-list.ts";
import type { Viewer } from "./viewer.ts";

/** As long as a screen may be without a line and still send what it has gathered. */
const REMEMBER = { hours: 24 * 14 } as const;

/**
 * Changes a list, operation by operation, in the order in which they came. One that cannot be done does not stop the
 * others. The answer says what has become of each, and everything that has changed since the caller last looked.
 */
export async function changeList(
  deps: ListDeps,
  viewer: Viewer,
  listId: string,
  body: OperationsBody,
): Promise<ChangedList> {
  const { db, clock, bus } = deps;
  const { open, results, isChanged } = await inTransaction(db, async (tx) => {
    const open = await openList(tx, deps, viewer, listId, "edit");
    const { list } = open;
    const sheet = await layOut(tx, list, body);
    const hand = await takeHand(tx, deps, viewer, open, body);
    const applied = body.operations.map((operation) => applyOperation(sheet, hand, operation));
    const changes = applied.flatMap(({ change }) => change ?? []);
    const after = { ...list, seq: sheet.seq, ...(changes.length > 0 ? { updated_at: hand.at } : {}) };
    if (changes.length > 0) await keep(tx, deps, after, { sheet, applied, hand }, deviceOf(viewer));
    return {
      open: { ...open, list: after },
      results: applied.map(({ result }) => result),
      isChanged: changes.length > 0,
    };
  });
  if (isChanged) announceList(bus, listId, open.list.profile_id, await loadStoresBringing(db, listId));
  return { ...(await showList(db, clock, open, body.after)), results };
}

async function layOut(tx: Tx, list: ListRow, { operations }: OperationsBody): Promise<Sheet> {
  const items = await loadItems(tx, [list.id]);
  return {
    listId: list.id,
    kind: list.kind,
    items: new Map(items.map((item) => [item.id, item])),
    done: await loadDone(
      tx,
      list.id,
      operations.map(({ id }) => id),
    ),
    seq: list.seq,
  };
}

async function takeHand(
  tx: Tx,
  { clock }: ListDeps,
  viewer: Viewer,
  { list, right }: OpenList,
  { operations, author_name: given }: OperationsBody,
): Promise<Hand> {
  const variants = operations.flatMap((operation) => (operation.op === "add" ? [operation.variant_id] : []));
  const items = await readItems(tx, [...new Set(variants)], await marketOfOwner(tx, list));
  const author = authorOf(viewer, list, right);
  return {
    at: clock.now().toString({ fractionalSecondDigits: 3 }),
    authorKind: author,
    authorName: viewer.kind === "staff" ? viewer.name : author === "guest" ? (given ?? null) : null,
    prices: new Map([...items].map(([id, item]) => [id, item.price])),
    archived: new Set([...items].flatMap(([id, item]) => (item.notSold === "archived" ? [id] : []))),
    photos: await loadPhotoIds(tx, { listId: list.id }),
  };
}

function authorOf(viewer: Viewer, list: ListRow, right: OpenList["right"]): ItemRow["author_kind"] {
  if (viewer.kind === "staff") return "associate";
  if (right !== "own") return "guest";
  return list.origin === "kiosk" && list.anonymous_id !== null ? "kiosk" : "shopper";
}

interface Work {
  readonly sheet: Sheet;
  readonly applied: readonly Applied[];
  readonly hand: Hand;
}

async function keep(
  tx: Tx,
  { clock }: ListDeps,
  list: ListRow,
  { sheet, applied, hand }: Work,
  anonymousId: string | null,
): Promise<void> {
  const changes = applied.flatMap(({ change }) => change ?? []);
  const touched = new Set(changes.map(({ after }) => after.id));
  await saveItems(
    tx,
    [...touched].flatMap((id) => sheet.items.get(id) ?? []),
  );
  await saveList(tx, list);
  const done = applied.flatMap(({ result, change }) => (change ? [result.id] : []));
  await noteDone(tx, list.id, done, { at: hand.at, forget: clock.now().subtract(REMEMBER).toString() });
  await watchVariants(
    tx,
    changes.flatMap(({ before, after }) => (before === null ? [after] : [])),
  );
  await tellItems(tx, clock, { list, anonymousId, authorKind: hand.authorKind }, changes);
}

export function deviceOf(viewer: Viewer): string | null {
  const holder: Holder | null = viewer.kind === "holder" ? viewer.holder : null;
  return holder?.anonymousId ?? null;
}
