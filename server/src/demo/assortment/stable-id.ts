import { hash } from "node:crypto";

/** Monday 6 January 2025: the day the demo retailer opened its books. */
const OPENED_MS = Date.UTC(2025, 0, 6);

/** A UUIDv7 that is the same at every load: `order` gives its time and so its place in lists, the name the rest. */
export function stableId(kind: string, name: string, order: number): string {
  const time = (OPENED_MS + order).toString(16).padStart(12, "0");
  const rest = hash("sha256", `${kind}:${name}`);
  const variant = ((Number.parseInt(rest.slice(3, 4), 16) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${variant}${rest.slice(4, 7)}-${rest.slice(7, 19)}`;
}
