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

interface OfPickup {
  readonly order: OrderRow;
  readonly fulfilment: FulfilmentRow;
  readonly kind: "ready" | "reminder";
}

/** The code to the buyer, and to who else may fetch it. */
export async function writeOfPickup(tx: Tx, deps: { readonly clock: Clock }, told: OfPickup): Promise<void> {
  const email = await addressOf(tx, told.order);
  if (email !== null) await insertLetters(tx, [ofPickup(deps, told, email, false)]);
  await writeToCollector(tx, deps, told);
}

/** The code to who else may fetch it. */
export async function writeToCollector(tx: Tx, deps: { readonly clock: Clock }, told: OfPickup): Promise<void> {
  const { collector_email } = told.fulfilment;
  if (collector_email !== null) await insertLetters(tx, [ofPickup(deps, told, collector_email, true)]);
}

function ofPickup(
  deps: { readonly clock: Clock },
  { order, fulfilment, kind }: OfPickup,
  email: string,
  is_collector: boolean,
): LetterRow {
  const language = languageOf(order.language);
  return newLetter(deps, order, { kind, email, is_collector, language, fulfilment_id: fulfilment.id });
}
