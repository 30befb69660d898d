import type { JsonObject } from "../../platform/json.ts";

const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;

/** The address a profile's e-mail goes to: its `email` trait when that is one; line breaks and lists never are. */
export function addressOf(traits: JsonObject | undefined): string | null {
  const email = traits?.email;
  return typeof email === "string" && isAddress(email.trim()) ? email.trim() : null;
}

export function isAddress(text: string): boolean {
  return ADDRESS.test(text) && !text.includes("..");
}
