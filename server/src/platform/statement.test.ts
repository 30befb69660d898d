import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createWorld, type World } from "./testing/world.ts";

let world: World;
let client: pg.PoolClient;
beforeAll(async () => {
  world = await createWorld();
  client = await world.pool.connect();
});
afterAll(async () => {
  client.release();
  await world.close();
});

const asOften = <T>(times: number, ask: () => Promise<T>) => Promise.all(Array.from({ length: times }, ask));

test("a statement's rows are the same however often it has been asked before", async () => {
  const text = `
    select n, nullif(n, 2) as gap, 'It''s \\ "n"' as "a ""column""", 12345678901::int8 as big, 1.5::numeric as price,
           timestamptz '2026-03-02T09:00:00.123Z' as at, date '2026-03-02' as day, array['a', null] as list,
           jsonb_build_object('n', n) as json, true as yes, $1::text as given
    from generate_series(1, 3) n`;
  const [first, ...others] = await asOften(12, () => client.query(text, ["ı"]));
  expect(first?.rows[1]).toEqual({
    n: 2,
    gap: null,
    'a "column"': 'It\'s \\ "n"',
    big: 12345678901,
    price: 1.5,
    at: "2026-03-02T09:00:00.123Z",
    day: "2026-03-02",
    list: ["a", null],
    json: { n: 2 },
    yes: true,
    given: "ı",
  });
  for (const { rows } of [...others, await client.query(text, ["ı"])]) expect(rows).toEqual(first?.rows);
});

test("a connection is told the columns of a statement once, not for each who asks", async () => {
  let told = 0;
  const { connection } = client as unknown as { connection: NodeJS.EventEmitter };
  const count = () => told++;
  connection.on("rowDescription", count);
  for (let n = 0; n < 20; n++)
    expect((await client.query("select $1::int4 + 1 as next", [n])).rows).toEqual([{ next: n + 1 }]);
  connection.off("rowDescription", count);
  // Those before it is sent by name, and the first by name.
  expect(told).toBe(4);
});

test("statements that fail, or have no rows, leave those beside them alone", async () => {
  await client.query("create temporary table some_things (n int4)");
  const ask = (n: number) => [
    client.query("select 12 / ($1::int4 % 3) as share", [n]),
    client.query("insert into some_things values ($1)", [n]),
    client.query("select count(*) as n from some_things where n between 0 and $1", [n]),
  ];
  // What their columns are is known before those that count.
  for (let n = -6; n < 0; n++) await Promise.allSettled(ask(n));
  const ends = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => ask(n)).flat());
  for (const [i, end] of ends.entries()) {
    const n = Math.floor(i / 3);
    if (i % 3 === 0 && n % 3 === 0) expect(end).toMatchObject({ status: "rejected", reason: { code: "22012" } });
    else if (i % 3 === 0) expect(end).toMatchObject({ value: { rows: [{ share: 12 / (n % 3) }] } });
    else if (i % 3 === 1) expect(end).toMatchObject({ value: { command: "INSERT", rowCount: 1, rows: [] } });
    else expect(end).toMatchObject({ value: { rows: [{ n: n + 1 }] } });
  }
});

test("a statement whose columns have become others is refused where it is known, and read anew elsewhere", async () => {
  await world.pool.query("create table growing (n int4)");
  await world.pool.query("insert into growing values (1)");
  const ask = (on: pg.PoolClient) => on.query("select * from growing where n = $1", [1]);
  for (let i = 0; i < 6; i++) expect((await ask(client)).rows).toEqual([{ n: 1 }]);
  await world.pool.query("alter table growing add column label text default 'new'");
  await expect(ask(client)).rejects.toMatchObject({ code: "0A000" });
  const other = await world.pool.connect();
  for (let i = 0; i < 3; i++) expect((await ask(other)).rows).toEqual([{ n: 1, label: "new" }]);
  other.release();
});
