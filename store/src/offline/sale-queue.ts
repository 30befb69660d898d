import type { PlacedOrder } from "../../../server/src/orders/contracts.ts";
import { ApiError, ask } from "../api/ask.ts";
import { noteReachable } from "./reachable.ts";
import { type KeptSale, tillDb } from "./till-db.ts";

const listeners = new Set<() => void>();

export function onSales(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Another page of the same till shows them, too. */
const pages = new BroadcastChannel("kilim-till-sales");
pages.addEventListener("message", () => tellHere());

function changed(): void {
  tellHere();
  pages.postMessage(null);
}

function tellHere(): void {
  for (const listener of listeners) listener();
}

type NewSale = Omit<KeptSale, "state" | "order" | "refusal">;

/**
 * Writes a sale down before anything is told to anybody. The same key is the same sale, as it was first written: a page
 * that died between the sale and the next ticket does not sell twice.
 */
export async function keepSale(sale: NewSale): Promise<KeptSale> {
  const db = await tillDb();
  const tx = db.transaction("sales", "readwrite");
  const known = await tx.store.get(sale.key);
  const kept: KeptSale = known ?? { ...sale, state: "waiting", order: null, refusal: null };
  if (!known) await tx.store.put(kept);
  await tx.done;
  changed();
  return kept;
}

export type Told = { readonly order: PlacedOrder } | { readonly order: null; readonly kept: KeptSale };

/** Tells one sale. What nobody answered waits; what was refused is for a person to look at. */
export async function tellSale(sale: KeptSale): Promise<Told> {
  try {
    const order = await ask<PlacedOrder>("POST", "/v1/orders", sale.body, { "idempotency-key": sale.key });
    await end({ ...sale, state: "told", order: { id: order.id, number: order.number }, refusal: null });
    return { order };
  } catch (error) {
    if (!(error instanceof ApiError) || isPassing(error)) return { order: null, kept: sale };
    const refused: KeptSale = { ...sale, state: "refused", refusal: error.code };
    await end(refused);
    return { order: null, kept: refused };
  }
}

/** Nobody there, too busy, or somebody has to sign in again: it will be told later. */
function isPassing({ status }: ApiError): boolean {
  return status === 0 || status >= 500 || status === 401 || status === 403 || status === 408 || status === 429;
}

async function end(sale: KeptSale): Promise<void> {
  await (await tillDb()).put("sales", sale);
  changed();
}

/**
 * Tells whatever waits. One page at a time, and each sale by its own key: told twice, or in whatever order, it is one
 * sale. Stops at the first that nobody answers.
 */
export async function tellWaiting(): Promise<void> {
  await navigator.locks.request("kilim-till-telling", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    for (const sale of await listSales()) {
      if (sale.state !== "waiting") continue;
      const told = await tellSale(sale);
      if (told.order === null && told.kept.state === "waiting") return;
      noteReachable(true);
    }
  });
}

/** Newest first. */
export async function listSales(): Promise<KeptSale[]> {
  return (await (await tillDb()).getAllFromIndex("sales", "at")).reverse();
}

export async function findSale(keyBegin: string): Promise<KeptSale | undefined> {
  return (await listSales()).find((sale) => sale.key.startsWith(keyBegin));
}

/** One that was refused, again: somebody has mended what it was refused for. */
export async function tellAgain(sale: KeptSale): Promise<void> {
  await end({ ...sale, state: "waiting", refusal: null });
  await tellWaiting();
}

export async function dropSale(sale: KeptSale): Promise<void> {
  await (await tillDb()).delete("sales", sale.key);
  changed();
}

/** So many of those that were told stay to be looked at. */
const MOST_TOLD = 200;

export async function forgetOld(): Promise<void> {
  const told = (await listSales()).filter((sale) => sale.state === "told");
  for (const sale of told.slice(MOST_TOLD)) await (await tillDb()).delete("sales", sale.key);
}

/** The next number of this till on a day; this device has a mark of its own, so that two tills of one name do not meet. */
export async function nextNumber(storeId: string, till: string, day: string): Promise<string> {
  const db = await tillDb();
  const tx = db.transaction("facts", "readwrite");
  const mark = (await tx.store.get("device")) ?? crypto.getRandomValues(new Uint32Array(1)).join("").slice(0, 5);
  const counter = `sequence:${day}`;
  const number = Number((await tx.store.get(counter)) ?? 0) + 1;
  await tx.store.put(mark, "device");
  await tx.store.put(number, counter);
  await tx.done;
  return `${storeId.slice(-8)}/${till}-${mark}/${day}/${number}`;
}
