import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { list, one, sql } from "./db.ts";
import { createWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function backAndForth(type: "text" | "jsonb", values: readonly (string | null)[]): Promise<unknown> {
  return (await one(world.db, sql<{ back: unknown }>`select to_json(${list(type, values)}) as back`))?.back;
}

test("a list of texts arrives as it was sent, whatever stands in them", async () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }).map((value) => value.toWellFormed().replaceAll("\0", "")),
    fc.constantFrom("", "a\x1fb", "\x1e", '"', "\\", "{a,b}", "null", "NULL"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text), { maxLength: 6 }), async (values) => {
      expect(await backAndForth("text", values)).toEqual(values);
    }),
    { numRuns: 300, seed: 11 },
  );
});

test("a list of JSON arrives as it was sent", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue({ noUnicodeString: false }), { maxLength: 5 }), async (values) => {
      const sendable = values
        .map((value) => JSON.stringify(value))
        .filter((value) => !/\\u0000|\\ud[89a-f]/i.test(value));
      expect(await backAndForth("jsonb", sendable)).toEqual(sendable.map((value) => JSON.parse(value)));
    }),
    { numRuns: 100, seed: 11 },
  );
});

test("times come back as RFC 3339 UTC with milliseconds", async () => {
  const times = [
    "2026-11-23T00:57:14.123Z",
    "2026-11-23T00:57:14.000Z",
    "1971-01-01T00:00:00.050Z",
    "2026-11-23T00:57:14.123456Z",
  ];
  const { rows } = await sql<{ at: string }>`select unnest(${list("timestamptz", times)}) as at`.execute(world.db);
  expect(rows.map(({ at }) => at)).toEqual([times[0], times[1], times[2], "2026-11-23T00:57:14.123Z"]);
});
