import { readStores } from "../../catalog/index.ts";
import { escapeHtml } from "../../platform/house.ts";
import { houseMail, mailNote } from "../../platform/house-mail.ts";
import { collectionCode } from "../collection-code.ts";
import { loadFulfilment } from "../queries/fulfilments.pg.ts";
import type { LetterRow } from "../queries/letters.pg.ts";
import { loadOrder } from "../queries/orders.pg.ts";
import { drawReceipt, writeReceipt } from "./draw-page.ts";
import { type ReceiptDeps, readReceipt } from "./read-receipt.ts";
import { fill, languageOf, wordsIn } from "./words.ts";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Among whose messages it stands, under its subject; nobody's when we do not know. */
  readonly listed: { readonly profileId: string | null };
}

/** The mail, or null when there is nothing to say any more: fetched, expired or cancelled meanwhile. */
export function writeLetter(deps: ReceiptDeps, letter: LetterRow): Promise<Mail | null> {
  return letter.kind === "receipt" ? receiptMail(deps, letter) : pickupMail(deps, letter);
}

async function receiptMail(deps: ReceiptDeps, { order_id, email, language }: LetterRow): Promise<Mail> {
  const receipt = await readReceipt(deps, order_id, languageOf(language));
  const order = await loadOrder(deps.db, order_id);
  return {
    listed: { profileId: order?.profile_id ?? null },
    to: email,
    subject: `${receipt.house.name}: ${receipt.title}`,
    text: writeReceipt(receipt),
    html: drawReceipt(receipt),
  };
}

/** The only mail that carries a collection code, and only while it opens something. */
async function pickupMail(deps: ReceiptDeps, letter: LetterRow): Promise<Mail | null> {
  const { db, secrets } = deps;
  const fulfilment = letter.fulfilment_id === null ? undefined : await loadFulfilment(db, letter.fulfilment_id);
  const order = await loadOrder(db, letter.order_id);
  if (fulfilment?.state !== "ready" || !order) return null;
  const store = (await readStores(db)).find(({ id }) => id === fulfilment.store_id);
  const language = languageOf(letter.language);
  const words = wordsIn(language);
  const house = await deps.house(language);
  const place = store ? `${store.name}, ${store.city}` : house.name;
  const code = collectionCode(secrets, fulfilment.id);
  const said = letter.is_collector ? words.collector : letter.kind === "ready" ? words.ready : words.reminder;
  const lead = fill(said, { number: order.number, place });
  const kept = new Date(fulfilment.expires_at ?? fulfilment.updated_at).toLocaleString(language, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: store?.timezone ?? "UTC",
  });
  const notes = [
    fill(words.until, { time: kept }),
    // Behind a counter it is the staff who look for it.
    ...(fulfilment.kind === "locker" && fulfilment.compartment !== null
      ? [fill(words.compartment, { compartment: fulfilment.compartment })]
      : []),
    ...(store?.address ? [store.address] : []),
  ];
  const subject = fill(letter.kind === "ready" ? words.readySubject : words.reminderSubject, { number: order.number });
  return {
    listed: { profileId: letter.is_collector ? null : order.profile_id },
    to: letter.email,
    subject: `${house.name}: ${subject}`,
    text: [lead, "", words.code, code, "", ...notes, ""].join("\n"),
    html: houseMail(
      house,
      language,
      subject,
      `<p>${escapeHtml(lead)}</p><p>${escapeHtml(words.code)}</p><p style="font-size:30px;letter-spacing:5px;font-weight:700;margin:8px 0">${code}</p>${mailNote(house, notes)}`,
    ),
  };
}
