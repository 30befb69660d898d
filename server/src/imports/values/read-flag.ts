const YES = new Set(
  "true yes y 1 on t granted subscribed opted_in optin accepted evet var doğru dogru onaylı onayli ya iya benar setuju".split(
    " ",
  ),
);
const NO = new Set(
  "false no n 0 off f denied unsubscribed opted_out optout rejected hayır hayir yok yanlış yanlis onaysız onaysiz tidak bukan salah menolak".split(
    " ",
  ),
);

/** Yes or no in English, Turkish or Indonesian; null when the value is neither. */
export function readFlag(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string" && typeof value !== "number") return null;
  const word = String(value)
    .trim()
    .toLowerCase()
    .normalize("NFC")
    .replace(/[\s-]+/g, "_");
  return YES.has(word) ? true : NO.has(word) ? false : null;
}
