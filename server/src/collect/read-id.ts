import { limits } from "./limits.ts";

const PLAIN = /^[\x21-\x7e]*$/;
/** Control characters, halves of surrogate pairs and what nobody sees: no two ids should differ by them alone. */
const UNSEEN = /[\p{Cc}\p{Cs}\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/gu;

/** null: none given (also ""); false: given, but no id. Numbers become texts, as every client does. */
export function readId(value: unknown, longest: number = limits.idLength): string | null | false {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : false;
  if (typeof value !== "string" || value.length > longest) return false;
  return (PLAIN.test(value) ? value : value.replace(UNSEEN, "").trim()) || null;
}
