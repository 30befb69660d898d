const UUID_OID = 2950;
const HEAD = 20;
const EACH = 20;
const BYTES = 16;
const DASHES: readonly number[] = [8, 13, 18, 23];
/** Where the pairs of digits begin, as a UUID is mostly written, and without dashes. */
const USUAL: readonly number[] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const BARE: readonly number[] = Array.from({ length: BYTES }, (_, i) => 2 * i);
const DASH = 0x2d;
const NO_DIGIT = 0xf0;

/** The value of each character that is a hexadecimal digit. */
const digits = new Uint8Array(0x80).fill(NO_DIGIT);
for (const digit of "0123456789abcdefABCDEF") digits[digit.charCodeAt(0)] = Number.parseInt(digit, 16);

/**
 * A list of UUIDs as PostgreSQL takes it in binary (`array_recv`: dimensions, whether there are nulls, the type of the elements, how many,
 * from which index, then each with its length): as text each would cost the server four times as much to read. Null when
 * one is written otherwise, or there is none: those go as text.
 */
export function uuidList(values: readonly unknown[]): Buffer | null {
  if (values.length === 0) return null;
  const list = Buffer.allocUnsafe(HEAD + EACH * values.length);
  list.writeInt32BE(1, 0);
  list.writeInt32BE(0, 4);
  list.writeInt32BE(UUID_OID, 8);
  list.writeInt32BE(values.length, 12);
  list.writeInt32BE(1, 16);
  let at = HEAD;
  for (const value of values) {
    if (typeof value !== "string") return null;
    const pairs = pairsOf(value);
    if (pairs === null) return null;
    list[at] = list[at + 1] = list[at + 2] = 0;
    list[at + 3] = BYTES;
    at += 4;
    for (const place of pairs) {
      const high = digits[value.charCodeAt(place)] ?? NO_DIGIT;
      const low = digits[value.charCodeAt(place + 1)] ?? NO_DIGIT;
      if ((high | low) >= NO_DIGIT) return null;
      list[at++] = (high << 4) | low;
    }
  }
  return list;
}

function pairsOf(text: string): readonly number[] | null {
  if (text.length === 2 * BYTES) return BARE;
  return text.length === 36 && DASHES.every((place) => text.charCodeAt(place) === DASH) ? USUAL : null;
}
