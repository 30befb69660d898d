import type { Scalar } from "../contracts.ts";
import type { Surveyed } from "./survey.ts";

/** Words in a name that say: what stands here tells who it is. */
const PERSONAL =
  /^(e?mail|phone|mobile|gsm|tel|telephone|fax|name|first|last|given|family|sur|firstname|lastname|fullname|surname|nickname|username|birthday|birthdate|birth|dob|street|line1|line2|postal|postcode|zip|lat|lng|lon|latitude|longitude|ip|iban|card|tckn|ssn|passport|password|token|avatar|signature|note|comment|message)$/;
/** A product's or a store's name is no person's. */
const OF_THINGS =
  /(^|[._])(product|products|store|category|brand|coupon|campaign|promotion|list|page|event|variant)s?[._]/;

/** Whether values at this path are people's own: they are never suggested. */
export function isPersonal(path: string): boolean {
  if (OF_THINGS.test(path.toLowerCase())) return false;
  const words = path
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[._\s-]+/);
  return words.some((word) => PERSONAL.test(word));
}

/** A value that looks like an address or a number at which somebody is reached, wherever it stands. */
export function looksPersonal(value: Scalar): boolean {
  return typeof value === "string" && (value.includes("@") || /^\+?[\d\s()/-]{9,20}$/.test(value));
}

/** Nearly every one has another: an identifier, of no use to choose from and perhaps of one person. */
export function isIdentifier({ count, values, types }: Surveyed): boolean {
  return (types.get("text") ?? 0) > 0 && count >= 20 && values.size > 0.8 * count;
}
