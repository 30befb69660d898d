import { isJsonObject, type JsonObject } from "../../platform/json.ts";
import { excerptOf } from "./excerpt.ts";
import { faultAt, findFault } from "./find-fault.ts";
import type { NewRejection } from "./queries/rejections.pg.ts";

export interface Refused {
  readonly code: string;
  readonly message: string;
  /** When the one who refused knows them already. */
  readonly field?: string;
  readonly messageId?: string;
}

/** What the event debugger keeps of one refused event. */
export function describeRejection(source: string, at: string, raw: unknown, refused: Refused): NewRejection {
  const given = isJsonObject(raw) ? raw : {};
  const event = refused.messageId === undefined ? given : { ...given, messageId: refused.messageId };
  const fault = refused.field === undefined ? findFault(refused.code, raw) : faultAt(given, refused.field);
  const payload = excerptOf(raw);
  return {
    at,
    source,
    isRequest: false,
    code: refused.code,
    message: refused.message,
    keyHint: null,
    type: textOf(event.type, 20),
    name: textOf(event.event, 250),
    userId: textOf(event.userId, 200),
    anonymousId: textOf(event.anonymousId, 200),
    messageId: textOf(event.messageId, 200),
    identifiers: identifiersOf(event),
    field: fault.field === null ? null : clean(fault.field, 300),
    value: fault.value,
    payload: payload.text,
    isCut: payload.isCut,
  };
}

const NAMES = ["email", "phone", "loyalty_id", "loyaltyId"];

function identifiersOf(event: JsonObject): string[] {
  const { context } = event;
  const parts = [event.traits, event.properties, isJsonObject(context) ? context.traits : null].filter(isJsonObject);
  const given = [
    event.userId,
    event.anonymousId,
    event.previousId,
    event.messageId,
    ...parts.flatMap((part) => NAMES.map((name) => part[name])),
  ];
  return [...new Set(given.flatMap((value) => textOf(value, 500)?.toLowerCase() ?? []))];
}

function textOf(value: unknown, most: number): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? clean(value, most).trim() || null : null;
}

/** PostgreSQL takes neither NUL nor halves of surrogate pairs. */
export function clean(text: string, most: number): string {
  return text.slice(0, most).toWellFormed().replaceAll("\0", "");
}
