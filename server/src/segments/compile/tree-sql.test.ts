import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Json } from "../../platform/json.ts";
import { createWorld, type World } from "../../platform/testing/world.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import { compileTree, evaluateTree } from "../predicates/tree.ts";
import { fillStates } from "../queries/fill-states.ch.ts";
import { sizeInHistory } from "../queries/size-in-history.ch.ts";
import { eventTree, facts, GRID, history, START, STEP } from "../testing/arbitraries.ts";
import { holdsNaively } from "../testing/naive.ts";
import { leafParts, normaliseState } from "./leaf-parts.ts";
import { treeSql } from "./tree-sql.ts";

const SEED = 7;
const PEOPLE = 80;
let world: World;
const people = new Map<string, readonly PastEvent[]>();
const [known] = fc.sample(facts, { seed: SEED, numRuns: 1 });

/** Everybody's events lie in History; every third person was merged from two, under whose ids their events still are. */
beforeAll(async () => {
  world = await createWorld();
  const rows: object[] = [];
  const overrides: object[] = [];
  for (const [index, events] of fc.sample(history, { seed: SEED, numRuns: PEOPLE }).entries()) {
    if (events.length === 0) continue;
    const id = uuid(index);
    people.set(id, events);
    for (const [nth, event] of events.entries()) {
      const isFromOther = index % 3 === 0 && nth % 2 === 0;
      rows.push(historyRow(isFromOther ? uuid(1000 + index) : id, event, `${index}-${nth}`));
      if (isFromOther && nth === 0) {
        overrides.push({ from_id: uuid(1000 + index), into_id: uuid(2000), version: 1 });
        overrides.push({ from_id: uuid(1000 + index), into_id: id, version: 2 });
      }
    }
  }
  await world.history.insert("events", rows);
  await world.history.insert("profile_overrides", overrides);
});
afterAll(() => world.close());

describe("SEG-7 History and State give one meaning", () => {
  it("compiles every tree to SQL that finds exactly the people whom the reference finds", async () => {
    const trees = fc.sample(eventTree, { seed: SEED, numRuns: 70 });
    // Instants at which a window of a day or two ends exactly at an event.
    const ends = [...people.values()]
      .flat()
      .flatMap((event) => [event.at + 144 * STEP, event.at + 288 * STEP])
      .filter((end) => end >= START + GRID * STEP);
    for (const [index, definition] of trees.entries()) {
      const now = ends[index % ends.length] ?? 0;
      const expected = [...people]
        .filter(([, events]) => holdsNaively(definition, life(events), now))
        .map(([id]) => id);
      const sql = treeSql(definition, now);
      const mentioned = new Set(
        [...people].filter(([, events]) => events.some((event) => sql.names.includes(event.name))).map(([id]) => id),
      );
      const { ids } = await sizeInHistory(world.history, sql, true, 1_000);
      expect(ids.filter((id) => mentioned.has(id)).sort(), JSON.stringify(definition)).toEqual(
        expected.filter((id) => mentioned.has(id)).sort(),
      );
    }
  }, 120_000);

  it("computes from History the states that folding event by event gives", async () => {
    const trees = fc.sample(eventTree, { seed: SEED + 1, numRuns: 50 });
    const now = START + 450 * STEP;
    for (const definition of trees) {
      const compiled = compileTree(definition);
      const states = new Map<string, Map<string, Json>>();
      for (const part of leafParts([definition], now)) {
        for (const chunk of [0, 1]) {
          for (const row of await fillStates(world.history, part, { watermark: 5, chunk, chunks: 2 })) {
            const id = survivor(row.profile_id);
            const own = states.get(id) ?? new Map<string, Json>();
            states.set(id, own);
            for (const [index, { predicate }] of part.leaves.entries()) {
              const state = normaliseState(predicate, row.states[index] ?? null);
              const kept = own.get(predicate.key);
              if (state !== null) own.set(predicate.key, kept === undefined ? state : predicate.combine(kept, state));
            }
          }
        }
      }
      for (const [id, events] of people) {
        const own = states.get(id);
        const { holds } = evaluateTree(compiled, { ...life(events), stateOf: (key) => own?.get(key) }, now);
        expect(holds, JSON.stringify(definition)).toBe(holdsNaively(definition, life(events), now));
      }
    }
  }, 120_000);
});

function life(events: readonly PastEvent[]) {
  if (!known) throw new Error("no facts");
  return { events, facts: known, lists: new Set<string>() };
}

function uuid(n: number): string {
  return `019a0000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}

function survivor(id: string): string {
  const n = Number.parseInt(id.slice(-4), 16);
  return n >= 1000 ? uuid(n - 1000) : id;
}

function historyRow(profileId: string, event: PastEvent, messageId: string): object {
  return {
    profile_id: profileId,
    timestamp: new Date(event.at).toISOString(),
    message_id: messageId,
    name: event.name,
    channel: event.channel,
    properties: JSON.stringify(event.properties),
    received_at: new Date(START).toISOString(),
    batch: 3,
  };
}
