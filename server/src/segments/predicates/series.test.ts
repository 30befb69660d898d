import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { latestStart, stepsKind } from "./chain.ts";
import { combineSeries, type Entry, isBlock, type Series, type SeriesKind } from "./series.ts";
import { type Bounds, keptHere, openBlock, type Settled, settleSeries } from "./settle-series.ts";
import { evaluateTotal, totalKind } from "./total.ts";

const SEED = 7;
const RUNS = 1_000;
const LAST = 60;

const at = fc.integer({ min: 0, max: LAST });
const window = fc.integer({ min: 1, max: 40 });
const bounds: fc.Arbitrary<Bounds> = fc.record({
  block: fc.integer({ min: 1, max: 3 }),
  here: fc.integer({ min: 0, max: 12 }),
  blocks: fc.integer({ min: 1, max: 3 }),
});
/** What comes in, as parts that are combined (one event, or what somebody else did before a merge), and when it is asked. */
const steps = (value: fc.Arbitrary<number>) =>
  fc.array(fc.record({ part: fc.array(fc.tuple(at, value), { minLength: 1, maxLength: 6 }), asked: at }), {
    minLength: 1,
    maxLength: 25,
  });

/** A series with State's blocks beside it, and all entries there ever were, as History has them. */
class Life {
  series: Series = [];
  readonly all: Entry[] = [];
  readonly #kind: SeriesKind;
  readonly #bounds: Bounds;
  readonly #here = new Map<number, readonly Entry[]>();
  fromHistory = 0;

  constructor(kind: SeriesKind, given: Bounds) {
    this.#kind = kind;
    this.#bounds = given;
  }

  add(part: readonly Entry[], now: number): void {
    this.all.push(...part);
    const other = settleSeries(sorted(part), this.#kind, Number.NEGATIVE_INFINITY, this.#bounds);
    for (const entries of other.put) this.#here.set(entries[0]?.[0] ?? 0, entries);
    this.series = combineSeries(this.series, other.series, this.#kind);
    this.#take(settleSeries(this.series, this.#kind, now, this.#bounds));
  }

  /** Opens what the answer at an instant needs. */
  openFor(now: number): void {
    for (;;) {
      const [block] = this.#kind.needed(this.series, now);
      if (!block) return;
      // History also has what was outdated here before something came late.
      const past = sorted(this.all.filter(([time]) => time >= block[0] && time <= block[1]));
      const entries = block[4] === 1 ? (this.#here.get(block[0]) ?? []) : past;
      if (block[4] === 1) expect(entries).toHaveLength(block[2]);
      else this.fromHistory++;
      expect(entries.length).toBeGreaterThanOrEqual(block[2]);
      this.#take(openBlock(this.series, block, entries, this.#kind, this.#bounds));
    }
  }

  #take({ series, put }: Settled): void {
    this.series = series;
    for (const entries of put) this.#here.set(entries[0]?.[0] ?? 0, entries);
    for (const from of keptHere(series)) expect(this.#here.has(from)).toBe(true);
    for (const [i, item] of series.entries()) {
      const next = series[i + 1];
      if (next)
        expect(isBlock(item) ? item[1] : item[0]).toBeLessThan(next[0] + (isBlock(item) || isBlock(next) ? 0 : 1));
    }
  }
}

function sorted(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

describe("SEG-1 a series in bounds answers as the list of all entries does, in whatever order they came", () => {
  it("for totals in a window, until the horizon it gives", () => {
    let fromHistory = 0;
    const test = fc.record({
      op: fc.constantFrom("gte", "gt", "lt", "lte", "eq"),
      bound: fc.integer({ min: -3, max: 20 }),
    });
    fc.assert(
      fc.property(
        steps(fc.integer({ min: -2, max: 5 })),
        window,
        bounds,
        test,
        (life, within, given, { op, bound }) => {
          const kept = new Life(totalKind(within), given);
          let now = 0;
          for (const { part, asked } of life) {
            now = Math.max(now, asked);
            kept.add(part, now);
            kept.openFor(now);
            const holdsAt = (instant: number) => {
              const total = kept.all.reduce((sum, [time, value]) => (time > instant - within ? sum + value : sum), 0);
              return {
                gte: total >= bound,
                gt: total > bound,
                lt: total < bound,
                lte: total <= bound,
                eq: total === bound,
              }[op];
            };
            const verdict = evaluateTotal(kept.series, { op, bound, window: within }, now);
            expect(verdict.holds).toBe(holdsAt(now));
            for (let then = now + 1; then < (verdict.until ?? 2 * LAST); then++)
              expect(holdsAt(then)).toBe(verdict.holds);
          }
          fromHistory += kept.fromHistory;
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
    expect(fromHistory).toBeGreaterThan(RUNS / 10);
  });

  it("for the newest k times", () => {
    fc.assert(
      fc.property(
        steps(fc.constant(1)),
        window,
        bounds,
        fc.integer({ min: 1, max: 9 }),
        (life, within, given, most) => {
          const kept = new Life(totalKind(within, most), given);
          let now = 0;
          for (const { part, asked } of life) {
            now = Math.max(now, asked);
            kept.add(part, now);
            kept.openFor(now);
            const count = kept.all.filter(([time]) => time > now - within).length;
            expect(evaluateTotal(kept.series, { op: "gte", bound: most, window: within }, now).holds).toBe(
              count >= most,
            );
          }
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it("for sequences, where only what comes late needs a block", () => {
    fc.assert(
      fc.property(steps(fc.integer({ min: 1, max: 63 })), window, bounds, (life, within, given) => {
        const kept = new Life(stepsKind(within, 3), given);
        let now = 0;
        for (const { part, asked } of life) {
          now = Math.max(now, asked);
          kept.add(part, now);
          kept.openFor(now);
          expect(latestStart(kept.series, 3, now - within)).toBe(naiveStart(kept.all, now - within));
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it("opens nothing for a sequence whose events come in order", () => {
    const kept = new Life(stepsKind(1_000, 2), { block: 2, here: 0, blocks: 2 });
    for (let time = 0; time < 500; time++) {
      kept.add([[time, time % 7 === 0 ? 2 : 1]], time);
      kept.openFor(time);
    }
    expect(kept.fromHistory).toBe(0);
    expect(kept.series.length).toBeLessThan(12);
    expect(latestStart(kept.series, 2, -1)).toBe(496);
  });
});

/** Of three steps, each strictly later, and none strictly between with the bit of what may not be there: every way is tried. */
function naiveStart(all: readonly Entry[], since: number): number | null {
  const inside = all.filter(([time]) => time > since);
  const isFree = (from: number, to: number, bit: number) =>
    !inside.some(([time, bits]) => time > from && time < to && bits & bit);
  const starts = inside.filter(
    ([first, bits]) =>
      bits & 1 &&
      inside.some(
        ([second, more]) =>
          second > first &&
          more & 2 &&
          isFree(first, second, 16) &&
          inside.some(([third, last]) => third > second && last & 4 && isFree(second, third, 32)),
      ),
  );
  return starts.length === 0 ? null : Math.max(...starts.map(([time]) => time));
}
