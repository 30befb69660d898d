/** GSM 03.38: the basic set, and what costs an escape before it. */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "^{}\\[~]|€\f";
const ONE = new Set(BASIC);
const TWO = new Set(EXTENDED);

export interface Segments {
  readonly encoding: "gsm7" | "ucs2";
  /** Septets, or UTF-16 code units. */
  readonly units: number;
  readonly segments: number;
  /** Units that still fit into the last segment. */
  readonly left: number;
}

/**
 * How many SMS a text becomes. One holds 160 septets or 70 UTF-16 units; each of several loses 7 or 3 to the header
 * that joins them. What takes two units is never cut in half, so a segment may end one short.
 */
export function countSegments(text: string): Segments {
  const letters = [...text];
  const isGsm = letters.every((letter) => ONE.has(letter) || TWO.has(letter));
  const costs = letters.map((letter) => (isGsm ? (TWO.has(letter) ? 2 : 1) : letter.length));
  const units = costs.reduce((sum, cost) => sum + cost, 0);
  const [single, joined] = isGsm ? [160, 153] : [70, 67];
  const encoding = isGsm ? "gsm7" : "ucs2";
  if (units <= single) return { encoding, units, segments: text === "" ? 0 : 1, left: single - units };
  let segments = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > joined) {
      segments += 1;
      used = 0;
    }
    used += cost;
  }
  return { encoding, units, segments, left: joined - used };
}
