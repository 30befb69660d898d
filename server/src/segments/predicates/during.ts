import type { CountOp, DidCondition } from "../contracts.ts";
import { createCalendar, spanOf, WORDS, zoneOf } from "./calendar.ts";
import type { EventPredicate, PastEvent, Verdict } from "./event-predicate.ts";
import { compares } from "./values.ts";

/** [first instant of the period, its total], ascending; of the newest period and the one before. */
type Totals = readonly (readonly [number, number])[];

/** What is totalled (events, or an amount of them) and what it is compared with. */
export interface Totalled {
  of(event: PastEvent): number | null;
  readonly op: CountOp;
  readonly bound: number;
}

/** What tells predicates of different periods apart. */
export function periodKey(condition: DidCondition): { during?: unknown; zone?: string } {
  return condition.during === undefined ? {} : { during: condition.during, zone: zoneOf(condition) };
}

type Behaviour = Omit<EventPredicate, "key" | "names">;

/**
 * "Twice last week", "spent 100 in March". The state is a total: of the period that is named, or, for a word that moves
 * with the present, of each of the newest two periods; an older one can never be meant again.
 */
export function totalDuring(condition: DidCondition, totalled: Totalled): Behaviour {
  const { during } = condition;
  if (during === undefined) throw new TypeError("no period");
  const zone = zoneOf(condition);
  if (typeof during === "string") return totalOfWord(during, zone, totalled);
  const { from, to } = spanOf(during, zone, 0);
  return {
    of: (event) => (event.at >= from && event.at < to ? totalled.of(event) : null),
    empty: 0,
    combine: (a, b) => (a as number) + (b as number),
    evaluate: (state) => ({
      holds: compares((state as number | undefined) ?? 0, totalled.op, totalled.bound),
      until: null,
    }),
  };
}

function totalOfWord(word: keyof typeof WORDS, zone: string, { of, op, bound }: Totalled): Behaviour {
  const { unit, ago } = WORDS[word];
  const calendar = createCalendar(unit, zone);
  return {
    of(event) {
      const amount = of(event);
      return amount === null ? null : [[calendar(event.at).from, amount]];
    },
    empty: [],
    combine(a, b) {
      const totals = new Map<number, number>();
      for (const [from, amount] of [...(a as unknown as Totals), ...(b as unknown as Totals)])
        totals.set(from, (totals.get(from) ?? 0) + amount);
      const sorted = [...totals].sort((x, y) => x[0] - y[0]);
      const newest = sorted.at(-1)?.[0];
      return newest === undefined ? [] : sorted.filter(([from]) => from >= calendar(newest - 1).from);
    },
    evaluate(state, now): Verdict {
      const totals = new Map((state as unknown as Totals | undefined) ?? []);
      let period = calendar(now);
      const holdsIn = (from: number) =>
        compares(totals.get(ago === 0 ? from : calendar(from - 1).from) ?? 0, op, bound);
      const holds = holdsIn(period.from);
      // Two periods on, everything known has left.
      for (let ahead = 1; ahead <= 2; ahead++) {
        period = calendar(period.to);
        if (holdsIn(period.from) !== holds) return { holds, until: period.from };
      }
      return { holds, until: null };
    },
  };
}
