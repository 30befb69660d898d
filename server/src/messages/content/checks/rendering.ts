import { LiquidError, LiquidTooSlow } from "../liquid.ts";
import { splitLiquid } from "../liquid-tags.ts";
import type { WrittenOf } from "../written.ts";
import { type Checked, error, type Found, warning } from "./check.ts";

/** Whether it can be made at all: `render` makes it for somebody of whom nothing is known. */
export function checkRendering(checked: Checked, render: () => unknown): Found[] {
  const path = MAIN[checked.channel] ?? "body";
  if (checked.channel === "webhook") return checkJson(checked.written as WrittenOf<"webhook">);
  try {
    render();
    return [];
  } catch (cause) {
    if (cause instanceof LiquidTooSlow) return [warning("slow", path, "It takes long to make.", cause.message)];
    // What only some channels ask of a finished text may be there for a real person.
    if (!(cause instanceof LiquidError) || !BOUNDS.test(cause.message)) return [];
    return [error("not_made", path, "This can be made for nobody: it is endless or far too large.", cause.message)];
  }
}

const MAIN: Readonly<Record<string, string>> = { sms: "text", social: "text", whatsapp: "text", call: "script" };
const BOUNDS = /limit exceeded|longer than/;

/** A body is JSON whatever its values are, when it is with a number in each of their places. */
function checkJson({ body }: WrittenOf<"webhook">): Found[] {
  const parts = splitLiquid(body);
  if (parts.some((part, at) => at % 2 === 1 && part.startsWith("{%"))) return [];
  try {
    JSON.parse(parts.map((part, at) => (at % 2 === 1 ? "1" : part)).join(""));
    return [];
  } catch {
    return [error("not_json", "body", "This is not JSON, whatever the values are.")];
  }
}
