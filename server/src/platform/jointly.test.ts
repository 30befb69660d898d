import { afterAll, beforeAll, expect, test } from "vitest";

import { type Db, inTransaction, list, rows, sql } from "./db.ts";
import { allEnded, jointly } from "./jointly.ts";
import { createWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const asked: (readonly number[])[] = [];
function squares(db: Db, ns: readonly number[]): Promise<{ n: number; square: number }[]> {
  asked.push(ns);
  return rows(db, sql`select n, n * n as square from unnest(${list("int4", ns)}) as n`);
}
const squareOf = async (db: Db, n: number) => (await jointly(db, squares, [n])).find((row) => row.n === n)?.square;

test("requests that share a transaction ask the same once, step by step, and each has its own answer", async () => {
  asked.length = 0;
  const twice = async (tx: Db, n: number) => (await squareOf(tx, (await squareOf(tx, n)) ?? 0)) ?? 0;
  const found = await inTransaction(world.db, (tx) => allEnded([2, 3, 4].map((n) => twice(tx, n))));
  expect(found).toEqual([16, 81, 256]);
  expect(asked).toEqual([
    [2, 3, 4],
    [4, 9, 16],
  ]);
});

test("outside of a transaction everybody asks alone: no request waits for another's rows", async () => {
  asked.length = 0;
  expect(await Promise.all([2, 3].map((n) => squareOf(world.db, n)))).toEqual([4, 9]);
  expect(asked).toEqual([[2], [3]]);
});

test("what broke a shared transaction is told, not what the others heard of it, and only once all have ended", async () => {
  let ended = 0;
  const works = (tx: Db) =>
    [sql`select pg_sleep(0)`, sql`select 1 / 0`, sql`select 1`].map((query) =>
      query.execute(tx).finally(() => {
        ended += 1;
      }),
    );
  await expect(inTransaction(world.db, (tx) => allEnded(works(tx).reverse()))).rejects.toMatchObject({ code: "22012" });
  expect(ended).toBe(3);
});
