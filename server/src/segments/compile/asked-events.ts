import type { Condition } from "../contracts.ts";
import { spanOf, zoneOf } from "../predicates/calendar.ts";
import { checkedWindowMs } from "../predicates/times.ts";
import { newestPeriods } from "./leaf-sql.ts";
import type { Params } from "./params.ts";

/**
 * Which of the rows of `events` a statement needs to read: their names, and how far back. Most conditions look at some
 * weeks, most of History is older.
 */
export class AskedEvents {
  /** The earliest instant (ms, not itself included) from which events of a name count; null for all there are. */
  readonly #since = new Map<string, number | null>();

  add(leaf: Condition, names: readonly string[], now: number): void {
    const since = sinceOf(leaf, now);
    for (const name of names) {
      const before = this.#since.get(name);
      const isWider = before === undefined || (before !== null && (since === null || since < before));
      if (isWider) this.#since.set(name, since);
    }
  }

  get names(): string[] {
    return [...this.#since.keys()];
  }

  /** As a condition on `events`. */
  sql(params: Params): string {
    const whole = [...this.#since].filter(([, since]) => since === null).map(([name]) => name);
    const byWindow = Map.groupBy(
      [...this.#since].filter(([, since]) => since !== null),
      ([, since]) => since ?? 0,
    );
    const parts = [...byWindow].map(
      ([since, names]) => `(${isNamed(namesOf(names), params)} and events.timestamp > ${instant(since, params)})`,
    );
    if (whole.length > 0 || parts.length === 0) parts.push(isNamed(whole, params));
    return `(${parts.join(" or ")})`;
  }
}

/**
 * A condition that has a window, or asks for a time of the calendar, looks at nothing that was before, whatever its
 * kind; others may look at everything.
 */
function sinceOf(leaf: Condition, now: number): number | null {
  if ("within" in leaf && leaf.within !== undefined) return now - checkedWindowMs(leaf.within);
  if ("during" in leaf && leaf.during !== undefined) {
    const { during } = leaf;
    const zone = zoneOf(leaf);
    const [earliest] = typeof during === "string" ? newestPeriods(during, zone, now) : [spanOf(during, zone, now)];
    return earliest === undefined ? null : earliest.from - 1;
  }
  return null;
}

function namesOf(entries: readonly (readonly [string, number | null])[]): string[] {
  return entries.map(([name]) => name);
}

function isNamed(names: readonly string[], params: Params): string {
  return `events.name in ${params.add(names, "Array(String)")}`;
}

function instant(ms: number, params: Params): string {
  return `fromUnixTimestamp64Milli(${params.int(ms)})`;
}
