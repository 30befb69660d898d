import { afterAll, beforeAll, expect, it } from "vitest";

import { createWorld, type World } from "../../platform/testing/world.ts";
import { scaledOf } from "../predicates/values.ts";
import { Params } from "./params.ts";
import { AMOUNT_COLUMNS, amountSql, countedAmountSql } from "./properties.ts";

const PERSON = "01900000-0000-7000-8000-000000000001";
const VALUES = [
  49.9,
  -3,
  0.00005,
  1e12,
  "49.90",
  "007.5",
  "-0.5",
  "1e3",
  "abc",
  true,
  null,
  [1, "2", [3]],
  { a: 1 },
  [],
];

let world: World;
beforeAll(async () => {
  world = await createWorld();
  const rows = VALUES.map((value, index) => ({
    profile_id: PERSON,
    person_id: PERSON,
    message_id: `m-${index}`,
    name: "Sold",
    timestamp: "2026-01-01T00:00:00Z",
    received_at: "2026-01-01T00:00:00Z",
    properties: JSON.stringify({ price: value, nested: { price: 7 } }),
  }));
  await world.history.insert("events", rows);
});
afterAll(() => world.close());

it("SEG-7 an amount that History keeps as a column is the one that stands in the text", async () => {
  const params = new Params();
  const [kept, counted] = [amountSql("price", params), countedAmountSql("price", params)];
  expect(kept).toBe("amount_price");
  const found = await world.history.query<{ kept: number; counted: number }>(
    `select ${kept} as kept, ${counted} as counted from (select message_id, properties, ${AMOUNT_COLUMNS} from events)
     order by toUInt32(substring(message_id, 3))`,
    params.values,
  );
  expect(found.map(({ kept }) => kept)).toEqual(found.map(({ counted }) => counted));
  expect(found.slice(0, 6).map(({ kept }) => kept)).toEqual(
    [49.9, -3, 0.00005, undefined, 49.9, 7.5].map((n) => (n === undefined ? 0 : scaledOf(n))),
  );
});
