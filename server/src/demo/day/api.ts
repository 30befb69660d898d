import type { JsonObject } from "../../platform/json.ts";

export type Method = "GET" | "POST" | "PUT";

/** The public API, as a client of the retailer's own systems calls it, or a shopper's device. Throws on any answer but a success. */
export type Api = (call: {
  readonly method: Method;
  readonly url: string;
  readonly body?: object;
  /** The device that asks; absent: the retailer's own systems, with the secret key. */
  readonly device?: string;
}) => Promise<JsonObject>;

export function idOf(answer: JsonObject): string {
  if (typeof answer.id !== "string") throw new TypeError("the answer has no id");
  return answer.id;
}

export function itemsOf(answer: JsonObject): JsonObject[] {
  return Array.isArray(answer.items) ? (answer.items as JsonObject[]) : [];
}
