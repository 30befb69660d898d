import type { Secrets } from "../platform/secrets.ts";

/** No letters that are taken for others, nor vowels that make words. */
const ALPHABET = "23456789BCDFGHJKMNPQRTVWXZ";
const LENGTH = 8;

/** The code that hands over one fulfilment. It is made from its id by our secret; only its hash is kept. */
export function collectionCode(secrets: Secrets, fulfilmentId: string): string {
  const bytes = Buffer.from(secrets.sign("collection-code", fulfilmentId), "base64url");
  return Array.from(bytes.subarray(0, LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

/** Spelled as people type it: any case, with spaces or dashes. */
export function hashCode(secrets: Secrets, code: string): string {
  return secrets.sign("collection-code-hash", code.toUpperCase().replaceAll(/[\s-]/g, ""));
}

/** Opaque, never to be guessed from another one; printed on the receipt. */
export function receiptCode(secrets: Secrets, orderId: string): string {
  return secrets.sign("receipt", orderId).slice(0, 32);
}

/** What a scanner reads is the address of the receipt; its last part is the code. */
export function codeOfReceipt(scanned: string): string {
  return /\/r\/([\w-]{32})/.exec(scanned)?.[1] ?? scanned;
}

export function hashReceipt(secrets: Secrets, code: string): string {
  return secrets.sign("receipt-hash", code.trim());
}
