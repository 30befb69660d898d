import { refuse } from "../errors.ts";
import { toGtin14 } from "../gtin.ts";

/** Its 14 digits; refuses one with a wrong check digit, naming the field. */
export function checkedGtin(text: string, path: string): string {
  const gtin = toGtin14(text);
  if (gtin === null)
    throw refuse("bad_gtin", `${text} is not a GTIN.`, [{ path, message: "wrong check digit or length" }]);
  return gtin;
}
