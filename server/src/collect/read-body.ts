import { gunzipSync } from "node:zlib";

import type { requestErrors } from "./errors.ts";
import { limits } from "./limits.ts";

const GZIP_MAGIC = 0x1f8b;

/** The text of a body, inflated when it is gzip (told by its first bytes: clients label it in every way). */
export function readText(body: Buffer): string | keyof typeof requestErrors {
  if (body.length < 2 || body.readUInt16BE(0) !== GZIP_MAGIC) return body.toString("utf8");
  try {
    return gunzipSync(body, { maxOutputLength: limits.bodyBytes }).toString("utf8");
  } catch (error) {
    return error instanceof RangeError ? "body_too_large" : "invalid_json";
  }
}
