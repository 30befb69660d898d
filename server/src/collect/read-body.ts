import { gunzipSync } from "node:zlib";

import { isJsonObject, type JsonObject } from "../platform/json.ts";

const GZIP_MAGIC = 0x1f8b;
const BYTE_ORDER_MARK = 0xfeff;

export interface ReadBody {
  readonly text: string;
  readonly body: JsonObject;
}

export interface Unreadable {
  readonly refused: "body_too_large" | "invalid_json" | "invalid_body";
  readonly text?: string;
}

/**
 * A body as JSON, inflated when it is gzip: told by its first bytes, as clients label it in every way. Bytes that are no
 * UTF-8 become U+FFFD.
 */
export function readBody(bytes: Buffer, most: number): ReadBody | Unreadable {
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== GZIP_MAGIC) return parseBody(bytes.toString("utf8"));
  try {
    return parseBody(gunzipSync(bytes, { maxOutputLength: most }).toString("utf8"));
  } catch (error) {
    return { refused: error instanceof RangeError ? "body_too_large" : "invalid_json" };
  }
}

export function parseBody(text: string): ReadBody | Unreadable {
  const json = text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
  try {
    const body: unknown = JSON.parse(json);
    return isJsonObject(body) ? { text: json, body } : { refused: "invalid_body", text };
  } catch {
    return { refused: "invalid_json", text };
  }
}
