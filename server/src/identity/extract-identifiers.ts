import type { KilimEvent } from "../collect/index.ts";
import { isJsonObject, type Json, type JsonObject } from "../platform/json.ts";
import type { Rules } from "./rules.ts";

export interface Identifier {
  readonly type: string;
  readonly value: string;
}

/** Ids of browsers and devices: random, nobody's name. */
export function isOfDevice({ type }: Identifier): boolean {
  return type === "anonymous_id" || type === "device_id";
}

const EMAIL = /^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@]{1,250}\.[^\s@.]{2,63}$/;
const PHONE = /^\+[1-9]\d{6,14}$/;
/** Events of an order name the buyer in their properties; elsewhere a property may be somebody else's address. */
const ORDER_EVENT = /^(Order|Checkout) /;

/** The identifiers an event carries, strongest first, each in its one form; blocked values are left out. */
export function extractIdentifiers(event: KilimEvent, rules: Rules): Identifier[] {
  const found = new Map<string, Identifier>();
  const add = (type: string, value: string | null) => {
    if (value !== null && value.length <= 500 && !rules.isBlocked(value))
      found.set(`${type}:${value}`, { type, value });
  };
  const contextTraits = isJsonObject(event.context.traits) ? event.context.traits : {};
  const named = event.type === "identify" ? { ...contextTraits, ...event.traits } : contextTraits;
  const ordered = ORDER_EVENT.test(event.name) ? event.properties : {};
  add("user_id", event.userId);
  for (const facts of [named, ordered]) {
    add("loyalty_id", text(facts.loyalty_id ?? facts.loyaltyId));
    add("email", normaliseEmail(facts.email));
    add("phone", normalisePhone(facts.phone));
  }
  for (const external of readExternalIds(event.context, rules)) add(external.type, external.value);
  for (const { type, traits, properties } of rules.keyed) {
    for (const key of traits) add(type, normaliseIdentifier(type, named[key]));
    for (const key of properties) add(type, normaliseIdentifier(type, event.properties[key]));
  }
  add("device_id", isJsonObject(event.context.device) ? text(event.context.device.id) : null);
  add("anonymous_id", event.anonymousId);
  if (event.type === "alias" && event.previousId !== event.userId) {
    // A user's or a device's: which of the two it is shows when it is looked up.
    add("user_id", event.previousId);
    add("anonymous_id", event.previousId);
  }
  const priority = (type: string) => rules.ofType.get(type)?.priority ?? Number.MAX_SAFE_INTEGER;
  return [...found.values()].sort((a, b) => priority(a.type) - priority(b.type));
}

function readExternalIds(context: JsonObject, rules: Rules): Identifier[] {
  if (!Array.isArray(context.externalIds)) return [];
  return context.externalIds.slice(0, 20).flatMap((item: Json) => {
    if (!isJsonObject(item) || typeof item.type !== "string" || !rules.ofType.has(item.type)) return [];
    const value = normaliseIdentifier(item.type, item.id);
    return value === null ? [] : [{ type: item.type, value }];
  });
}

/** The form in which an identifier of this type is kept and looked up; null when it is none. */
export function normaliseIdentifier(type: string, value: unknown): string | null {
  if (type === "email") return normaliseEmail(value);
  if (type === "phone") return normalisePhone(value);
  return text(value);
}

/** Addresses are compared without regard to case, as every large provider does. */
export function normaliseEmail(value: unknown): string | null {
  const email = text(value)?.toLowerCase() ?? null;
  return email !== null && EMAIL.test(email) ? email : null;
}

/** E.164 with its plus; a national number cannot be told apart from another country's and is not taken. */
export function normalisePhone(value: unknown): string | null {
  const digits =
    text(value)
      ?.replace(/[\s().-]/g, "")
      .replace(/^00/, "+") ?? null;
  return digits !== null && PHONE.test(digits) ? digits : null;
}

function text(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
