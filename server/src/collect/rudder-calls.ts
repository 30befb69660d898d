import { isJsonObject, type JsonObject } from "../platform/json.ts";

const MOST_MERGED = 20;
/** RudderStack's names of what we call otherwise. */
const OUR_TYPES: Readonly<Record<string, string>> = { mobile: "phone" };
const CONTACTS = ["email", "phone"] as const;

/**
 * What a `merge` call says is one person's beside its own ids, as `context.externalIds`; null when it is no list of
 * `{ type, value }`. https://www.rudderstack.com/docs/event-spec/standard-events/merge/
 */
export function readMerged(given: unknown): readonly JsonObject[] | null {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) || given.length > MOST_MERGED) return null;
  const merged = given.flatMap((item: unknown) => {
    if (!isJsonObject(item) || typeof item.type !== "string" || !isText(item.value)) return [];
    return [{ type: OUR_TYPES[item.type] ?? item.type, id: item.value }];
  });
  return merged.length === given.length ? merged : null;
}

/**
 * The event that RudderStack makes of a webhook's body: all of it as properties, of whomever it names at its top.
 * https://www.rudderstack.com/docs/sources/event-streams/cloud-apps/webhook-source/
 */
export function eventOfWebhook(body: JsonObject, id: string | undefined): JsonObject {
  const { writeKey: _, ...properties } = body;
  const told = CONTACTS.filter((name) => isText(body[name]));
  return {
    event: "webhook_source_event",
    properties,
    userId: isText(body.userId) ? body.userId : null,
    anonymousId: isText(body.anonymousId) ? body.anonymousId : null,
    context: {
      integration: { name: "webhook" },
      traits: Object.fromEntries(told.map((name) => [name, body[name] ?? null])),
    },
    ...(id === undefined ? {} : { messageId: id }),
  };
}

function isText(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
