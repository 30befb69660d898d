import { hash } from "node:crypto";

import type { Hashes, Known } from "./ad-network.ts";

const sha256 = (text: string) => hash("sha256", text, "hex");

/** Lower case, without any white space; otherwise as it is written. */
export function plainEmail(email: string): string {
  return email.replace(/\s/g, "").toLowerCase();
}

/** The same mailbox has the same form: at Gmail dots and what follows a plus mean nothing. */
export function gmailEmail(email: string): string {
  const plain = plainEmail(email);
  const [, local, domain] = /^([^@]+)@(gmail\.com|googlemail\.com)$/.exec(plain) ?? [];
  return local === undefined ? plain : `${local.replace(/\+.*$/, "").replaceAll(".", "")}@${domain}`;
}

export function hashPerson(
  { email, phone }: Known,
  form: { email(it: string): string; phone(it: string): string },
): Hashes {
  return [
    ...(email === null ? [] : [`email:${sha256(form.email(email))}`]),
    ...(phone === null ? [] : [`phone:${sha256(form.phone(phone))}`]),
  ];
}
