import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Condition } from "./contracts.ts";
import type { PastEvent } from "./predicates/event-predicate.ts";
import { eventTree, facts, historyEvent } from "./testing/arbitraries.ts";
import { createHarness, type Harness, personId } from "./testing/harness.ts";
import { holdsNaively } from "./testing/naive.ts";

const PEOPLE = 12;
const EVENTS = 160;
const WORKERS = 3;
const MINUTE = 60_000;

let h: Harness;
beforeAll(async () => {
  h = await createHarness();
});
afterAll(() => h.close());

describe("SEG-5 a new definition is filled from History and switched at one instant", () => {
  it("loses and doubles nothing while batches, sweeps, shipping, fills and edits run side by side", async () => {
    const definitions = fc.sample(eventTree, { seed: 11, numRuns: 8 });
    const events = fc.sample(historyEvent, { seed: 12, numRuns: EVENTS });
    const lives = new Map<string, PastEvent[]>();
    for (let n = 0; n < PEOPLE; n++) {
      lives.set(personId(n), []);
      await h.setTraits(personId(n), {});
    }
    let sent = 0;
    const work = async () => {
      for (;;) {
        const nth = sent++;
        const event = events[nth];
        if (!event) return;
        const id = personId((nth * 7) % PEOPLE);
        const at = h.world.clock.now().epochMilliseconds - (nth % 5) * 37 * MINUTE;
        lives.get(id)?.push({ ...event, at });
        await h.happen(id, [{ ...event, at }]);
      }
    };
    const wanted = new Map<string, Condition>();
    const change = async () => {
      for (const [n, definition] of definitions.entries()) {
        const [edited] = wanted.keys();
        if (n % 3 === 2 && edited !== undefined) {
          await h.edit(edited, { definition });
          wanted.set(edited, definition);
        } else {
          wanted.set(await h.segments.createSegment({ name: `s${n}`, definition }), definition);
        }
        await h.segments.drain();
      }
    };
    const sweepAndShip = async () => {
      while (sent < EVENTS) {
        h.sleepUntil(h.world.clock.now().epochMilliseconds + 11 * MINUTE);
        await h.ship();
        await h.sweep();
      }
    };
    await Promise.all([...Array.from({ length: WORKERS }, work), change(), sweepAndShip()]);
    await h.ship();
    await h.segments.drain();
    await h.sweep();

    const now = h.world.clock.now().epochMilliseconds;
    const [known] = fc.sample(facts, { seed: 1, numRuns: 1 });
    if (!known) throw new Error("no facts");
    for (const [id, definition] of wanted) {
      const expected = [...lives].filter(([, life]) =>
        holdsNaively(definition, { events: life, facts: known, lists: new Set() }, now),
      );
      expect(await h.members(id), JSON.stringify(definition)).toEqual(expected.map(([person]) => person).sort());
    }
  }, 120_000);
});
