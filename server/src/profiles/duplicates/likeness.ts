import { isJsonObject, type JsonObject } from "../../platform/json.ts";
import type { Evidence, Profile } from "../contracts.ts";
import { displayName, text } from "../display-name.ts";

import { isOneTypoApart } from "./one-typo-apart.ts";

/** What of a person is compared, each in the one form in which it is. */
export interface Likeness {
  readonly id: string;
  readonly name: string | null;
  readonly birthday: string | null;
  readonly email: string | null;
  /** The last nine digits: the same whether it is written with its country or as at home. */
  readonly phone: string | null;
  readonly address: string | null;
}

const PHONE_DIGITS = 9;

export function likenessOf({ id, traits }: Profile): Likeness {
  const name = plain(displayName(traits));
  const digits = text(traits.phone)?.replace(/\D/g, "") ?? "";
  return {
    id,
    // A first name alone says little.
    name: name?.includes(" ") ? name.split(" ").sort().join(" ") : null,
    birthday: text(traits.birthday)?.slice(0, 10) ?? null,
    email: text(traits.email)?.toLowerCase() ?? null,
    phone: digits.length >= PHONE_DIGITS ? digits.slice(-PHONE_DIGITS) : null,
    address: addressOf(traits),
  };
}

function addressOf(traits: JsonObject): string | null {
  const given = isJsonObject(traits.address) ? traits.address : traits;
  const street = plain(text(given.street) ?? text(given.line1));
  const code = plain(text(given.postal_code) ?? text(given.postalCode) ?? text(given.zip));
  return street !== null && code !== null ? `${code} ${street}` : null;
}

/** Letters and digits in lower case, without accents: "Işık, Ayşe" is "isik ayse". */
function plain(given: string | null): string | null {
  const letters = given
    ?.normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replaceAll("ı", "i")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return letters || null;
}

/**
 * Words that two people who may be one have in common. An address with one typo keeps its other half, so both halves of
 * what stands before the @ are such words, in two lengths because the typo may have made it longer or shorter.
 */
export function keysOf({ name, birthday, email, phone, address }: Likeness): string[] {
  const keys = new Set<string>();
  if (name && birthday) keys.add(`born ${name} ${birthday}`);
  if (name && address) keys.add(`lives ${name} ${address}`);
  if (phone) keys.add(`phone ${phone}`);
  const [local = "", domain = ""] = email?.split("@") ?? [];
  if (local !== "" && domain !== "") {
    keys.add(`local ${local}`);
    const half = local.length >> 1;
    for (const length of [half, half - 1]) {
      if (length < 2) continue;
      keys.add(`begins ${local.slice(0, length)} ${domain}`);
      keys.add(`ends ${local.slice(-length)} ${domain}`);
    }
  }
  return [...keys];
}

const WORTH: Readonly<Record<Evidence, number>> = {
  same_name_birthday: 75,
  same_name_address: 60,
  same_email: 50,
  same_phone: 50,
  email_typo: 50,
  same_name: 30,
  other_name: -30,
  other_birthday: -40,
};
const LEAST = 50;
const MOST = 99;

/** How much speaks for these being one person, 0 to 99, and what; null when it is too little to trouble anybody. */
export function compare(a: Likeness, b: Likeness): { score: number; evidence: Evidence[] } | null {
  const evidence: Evidence[] = [];
  const isSame = (name: keyof Likeness) => a[name] !== null && a[name] === b[name];
  const isOther = (name: keyof Likeness) => a[name] !== null && b[name] !== null && a[name] !== b[name];
  if (isSame("name") && isSame("birthday")) evidence.push("same_name_birthday");
  if (isSame("name") && isSame("address")) evidence.push("same_name_address");
  if (isSame("email")) evidence.push("same_email");
  if (isSame("phone")) evidence.push("same_phone");
  if (a.email && b.email && isOneTypoApart(a.email, b.email)) evidence.push("email_typo");
  if (evidence.length === 0) return null;
  if (isSame("name") && !evidence.some((one) => one.startsWith("same_name"))) evidence.push("same_name");
  if (isOther("name")) evidence.push("other_name");
  if (isOther("birthday")) evidence.push("other_birthday");
  const score = Math.min(
    MOST,
    evidence.reduce((sum, one) => sum + WORTH[one], 0),
  );
  return score >= LEAST ? { score, evidence } : null;
}
