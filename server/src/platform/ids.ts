import { randomBytes } from "node:crypto";

import type { Clock } from "./clock.ts";

const RANDOM_AT_ONCE = 4_096;
const TAIL_BYTES = 8;
let random = Buffer.alloc(0);
let lastMs = 0;
let counter = 0;

/** UUIDv7 (RFC 9562, 5.7): 48 bits of the clock's milliseconds, a 12-bit counter within one, 62 random bits. */
export function newId(clock: Clock): string {
  let ms = clock.now().epochMilliseconds;
  if (ms > lastMs) {
    lastMs = ms;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  ms = lastMs;
  if (random.length < TAIL_BYTES) random = randomBytes(RANDOM_AT_ONCE);
  const tail = random.subarray(0, TAIL_BYTES);
  random = random.subarray(TAIL_BYTES);
  tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80;
  const time = ms.toString(16).padStart(12, "0");
  const hex = tail.toString("hex");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, "0")}-${hex.slice(0, 4)}-${hex.slice(4)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** No UUIDv7 made at or after this moment is less, none made before is greater. */
export function leastIdAt(instant: Temporal.Instant): string {
  const time = instant.epochMilliseconds.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** When a UUIDv7 was made. */
export function timeOfId(id: string): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}
