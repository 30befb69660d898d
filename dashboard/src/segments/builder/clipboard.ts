import { type Item, toCondition, toItem } from "../segment-tree.ts";
import { readCondition } from "../sentences/read-condition.ts";

export function asJson(item: Item): string {
  return JSON.stringify(toCondition(item), null, 2);
}

/** What was copied, if it is a condition. */
export function readItem(text: string): Item | null {
  try {
    const condition = readCondition(JSON.parse(text));
    return condition === null ? null : toItem(condition);
  } catch {
    // Anything may lie on a clipboard; what is no JSON is no condition.
    return null;
  }
}

export function copyText(item: Item): void {
  // Refused where the page is not served securely; Ctrl+C works there too.
  navigator.clipboard?.writeText(asJson(item)).catch(() => {});
}
