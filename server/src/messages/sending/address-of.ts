import type { JsonObject } from "../../platform/json.ts";

const ADDRESS = /^[^\s\p{Cc}@<>,;:"()[\]\\]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}.-]{0,251}[\p{L}\p{M}\p{N}])?$/u;

/** The address a profile's e-mail goes to: its `email` trait when that is one; line breaks and lists never are. */
export function addressOf(traits: JsonObject | undefined): string | null {
  const email = traits?.email;
  return typeof email === "string" && isAddress(email.trim()) ? email.trim() : null;
}

export function isAddress(text: string): boolean {
  return ADDRESS.test(text) && !text.includes("..");
}
