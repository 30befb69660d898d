/** What a text typed or scanned at the till opens, beside products and people. */
export type Opens =
  | { readonly kind: "receipt"; readonly code: string }
  | { readonly kind: "collection"; readonly code: string }
  | { readonly kind: "list"; readonly code: string };

/** No letters that are taken for others: as codes are made. */
const COLLECTION = /^[2-9BCDFGHJKMNPQRTVWXZ]{8}$/;

/** A list put together at a kiosk shows the address of its link; a receipt's QR code is the address of its page; a collection code is eight letters and digits, however spaced. */
export function readCode(text: string): Opens | null {
  const typed = text.trim();
  if (/(?:^|#)ls_[0-9a-f-]{36}\.[\w-]+$/.test(typed)) return { kind: "list", code: typed };
  const receipt = /\/r\/([\w-]{32})(?:[/?#]|$)/.exec(typed)?.[1] ?? /^[\w-]{32}$/.exec(typed)?.[0];
  if (receipt) return { kind: "receipt", code: receipt };
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  // Eight digits are a short barcode.
  return COLLECTION.test(code) && /[A-Z]/.test(code) ? { kind: "collection", code } : null;
}
