import { loadIdentifiersOf } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.ts";
import type { FulfilmentRow } from "../queries/fulfilments.pg.ts";
import { insertLetters, type LetterRow } from "../queries/letters.pg.ts";
import type { OrderRow } from "../queries/orders.pg.ts";
import { newLetter } from "./send-letters.ts";
import { languageOf } from "./words.ts";

/** A receipt to whoever has told an address. */
export async function writeReceipt(tx: Tx, deps: { readonly clock: Clock }, order: OrderRow): Promise<void> {
  const email = await addressOf(tx, order);
  if (email === null) return;
  const letter = { kind: "receipt", email, language: languageOf(order.language) } as const;
  await insertLetters(tx, [newLetter(deps, order, letter)]);
}

/** As told with the order; of somebody who has proven herself and told none, the address she has proven. */
async function addressOf(tx: Tx, { email, is_proven, profile_id }: OrderRow): Promise<string | null> {
  if (email !== null || !is_proven || profile_id === null) return email;
  const held = await loadIdentifiersOf(tx, [profile_id]);
  return held.find(({ type, verified }) => type === "email" && verified)?.value ?? null;
}

/** The code to the buyer, and to who else may fetch it. */
export async function writeOfPickup(
  tx: Tx,
  deps: { readonly clock: Clock },
  told: { readonly order: OrderRow; readonly fulfilment: FulfilmentRow; readonly kind: "ready" | "reminder" },
): Promise<void> {
  const { order, fulfilment, kind } = told;
  const of = (email: string, is_collector: boolean): LetterRow =>
    newLetter(deps, order, {
      kind,
      email,
      is_collector,
      language: languageOf(order.language),
      fulfilment_id: fulfilment.id,
    });
  const email = await addressOf(tx, order);
  await insertLetters(tx, [
    ...(email === null ? [] : [of(email, false)]),
    ...(fulfilment.collector_email === null ? [] : [of(fulfilment.collector_email, true)]),
  ]);
}
