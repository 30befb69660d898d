import { isJsonObject } from "../../platform/json.ts";

const MOST = { characters: 8_000, depth: 8, text: 1_000, items: 20, keys: 60 } as const;
/** Stands where something was left out. */
const CUT = "…";

export interface Excerpt {
  /** JSON. */
  readonly text: string;
  readonly isCut: boolean;
}

interface Budget {
  left: number;
  isCut: boolean;
}

/** A value of any size and depth as JSON of bounded size; what it costs is bounded too. The write key is left out. */
export function excerptOf(value: unknown, characters: number = MOST.characters): Excerpt {
  const budget = { left: characters, isCut: false };
  const open = isJsonObject(value) && Object.hasOwn(value, "writeKey") ? { ...value, writeKey: undefined } : value;
  const text = JSON.stringify(prune(open, budget, MOST.depth)) ?? "null";
  // Escapes may make it longer than what was counted.
  return text.length > characters * 2 ? { text: JSON.stringify(CUT), isCut: true } : { text, isCut: budget.isCut };
}

function prune(value: unknown, budget: Budget, depth: number): unknown {
  if (typeof value === "string") return cutText(value, budget);
  if (typeof value !== "object" || value === null) {
    budget.left -= 8;
    return value;
  }
  if (depth === 0 || budget.left <= 0) {
    budget.isCut = true;
    return CUT;
  }
  if (Array.isArray(value)) {
    if (value.length > MOST.items) budget.isCut = true;
    return value.slice(0, MOST.items).map((item) => prune(item, budget, depth - 1));
  }
  const pruned: [string, unknown][] = [];
  for (const key in value) {
    if (pruned.length >= MOST.keys || budget.left <= 0) {
      budget.isCut = true;
      pruned.push([CUT, CUT]);
      break;
    }
    budget.left -= Math.min(key.length, 100);
    pruned.push([key.slice(0, 100), prune((value as Record<string, unknown>)[key], budget, depth - 1)]);
  }
  return Object.fromEntries(pruned);
}

function cutText(text: string, budget: Budget): string {
  const most = Math.max(0, Math.min(MOST.text, budget.left));
  budget.left -= Math.min(text.length, most);
  if (text.length <= most) return text;
  budget.isCut = true;
  return text.slice(0, most) + CUT;
}
