import { afterAll, beforeAll, expect, test } from "vitest";

import { createTemplate } from "../messages/templates/save-template.ts";
import { createPipeline, type Pipeline } from "../pipeline/index.ts";
import { rows, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { createLog } from "../platform/log.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { demoShop } from "./demo-shop.ts";
import { createDemo, type DemoDeps } from "./index.ts";
import { liveYear } from "./people/live-year.ts";
import { makePeople } from "./people/make-people.ts";

const PEOPLE = 400;
let world: World;
let pipeline: Pipeline;
let made: string[];

beforeAll(async () => {
  world = await createWorld();
  made = [];
  const segments = {
    foldBatch: async () => [],
    takeDue: async () => ({ changes: [], profiles: new Map(), more: false }),
    nextDue: async () => null,
    countBeyond: async () => ({ people: 0, waiting: 0 }),
  };
  pipeline = createPipeline({ ...world, log: createLog("test", "warn"), rawDays: 7, segments, followers: [] });
  await pipeline.start?.();
});
afterAll(async () => {
  await pipeline.stop?.();
  await world.close();
});

function doors(): DemoDeps {
  return {
    ...world,
    createSegment: async ({ id, name }) => {
      made.push(name);
      return id;
    },
    createTemplate: (body) => createTemplate(world, body),
    createJourney: async ({ name }) => {
      made.push(`journey ${name}`);
      return { id: newId(world.clock) };
    },
    publishJourney: async () => made.push("published"),
    recomputeScores: async () => {
      made.push("scores");
    },
  };
}

test("a load that is cut off goes on where it was: every event once in History, every person once", async () => {
  const stop = new AbortController();
  const seen: number[] = [];
  await createDemo(doors(), PEOPLE).load(({ done }) => {
    seen.push(done);
    if (done >= 100) stop.abort();
  }, stop.signal);
  expect(seen.at(-1)).toBeLessThan(PEOPLE);

  world.clock.advance("PT3H");
  await createDemo(doors(), PEOPLE).load(({ done }) => seen.push(done), new AbortController().signal);
  expect(seen.at(-1)).toBe(PEOPLE);
  await pipeline.drain();

  const until = Date.parse("2026-03-02T07:00:00Z");
  const told = makePeople("kilim", PEOPLE).flatMap((person) => liveYear("kilim", person, demoShop, until));
  const [history] = await world.history.query<{ n: number; ids: number; people: number }>(
    "select count() as n, uniqExact(message_id) as ids, uniqExact(user_id) as people from events where source = 'demo'",
  );
  expect(history).toMatchObject({ n: told.length, ids: told.length });
  const profiles = await rows(world.db, sql<{ n: number }>`select count(*) as n from profiles.profiles`);
  expect(profiles[0]?.n).toBe(PEOPLE);
});

test("a third start finds it loaded and does nothing", async () => {
  const before = made.length;
  await createDemo(doors(), PEOPLE).load(() => expect.unreachable(), new AbortController().signal);
  expect(made.length).toBe(before);
  expect(made.filter((name) => name === "published")).toHaveLength(1);
  expect(made.filter((name) => name === "scores")).toHaveLength(1);
});
