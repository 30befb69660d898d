import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type Db, inTransaction, list, one, onOneConnection, rows, send, settle, sql, type Tx } from "./db.ts";
import { createWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function backAndForth(type: "text" | "jsonb" | "uuid", values: readonly (string | null)[]): Promise<unknown> {
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

test("a list of UUIDs arrives as it was sent, however PostgreSQL lets each be written", async () => {
  const plain = fc.uuid();
  const odd = plain.map((id) => [id.toUpperCase(), id.replaceAll("-", "")]).chain((ways) => fc.constantFrom(...ways));
  const id = fc.oneof({ weight: 8, arbitrary: plain }, odd, fc.constant(null));
  await fc.assert(
    fc.asyncProperty(fc.array(id, { maxLength: 6 }), async (values) => {
      const usual = values.map((value) =>
        value
          ?.toLowerCase()
          .replaceAll("-", "")
          .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
      );
      expect(await backAndForth("uuid", values)).toEqual(usual.map((value) => value ?? null));
    }),
    { numRuns: 200, seed: 11 },
  );
});

test.each(["", "no-uuid", "0190a5c3-7e1b-7c4d-8e2f-00000000000g", "0190a5c3-7e1b-7c4d-8e2f-0000000000é0"])(
  "what is no UUID is refused as such: %j",
  async (wrong) => {
    const right = "0190a5c3-7e1b-7c4d-8e2f-000000000001";
    await expect(backAndForth("uuid", [right, wrong])).rejects.toMatchObject({ code: "22P02" });
  },
);

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

const kept = () => rows(world.db, sql<{ n: number }>`select n from sent_things order by n`);

test("what is sent without waiting is there for what is asked next, and committed with it", async () => {
  await sql`create table if not exists sent_things (n int primary key)`.execute(world.db);
  const seen = await inTransaction(world.db, async (tx) => {
    const counts: number[] = [];
    for (let n = 0; n < 50; n++) {
      send(tx, sql`insert into sent_things values (${n})`);
      if (n % 10 === 9) counts.push((await one(tx, sql<{ n: number }>`select count(*) as n from sent_things`))?.n ?? 0);
    }
    return counts;
  });
  expect(seen).toEqual([10, 20, 30, 40, 50]);
  expect(await kept()).toHaveLength(50);
});

test("one sent statement that fails undoes the transaction, which tells that failure and no later one", async () => {
  const before = await kept();
  const twice = async (tx: Tx) => {
    send(tx, sql`insert into sent_things values (100)`);
    send(tx, sql`insert into sent_things values (100)`);
    send(tx, sql`insert into sent_things values (101)`);
  };
  await expect(inTransaction(world.db, twice)).rejects.toMatchObject({ code: "23505" });
  const askedAfter = async (tx: Tx) => {
    await twice(tx);
    await one(tx, sql`select 1`);
  };
  await expect(inTransaction(world.db, askedAfter)).rejects.toMatchObject({ code: "23505" });
  const thrownAfter = async (tx: Tx) => {
    send(tx, sql`insert into sent_things values (102)`);
    throw new Error("changed our mind");
  };
  await expect(inTransaction(world.db, thrownAfter)).rejects.toThrow("changed our mind");
  expect(await kept()).toEqual(before);
});

test("a sent statement that loses a race is tried again with its whole transaction", async () => {
  let tries = 0;
  await inTransaction(world.db, async (tx) => {
    tries += 1;
    send(tx, sql`insert into sent_things values (${200 + tries})`);
    if (tries === 1) send(tx, sql`do $$ begin raise exception 'lost' using errcode = '40001'; end $$`);
  });
  expect(tries).toBe(2);
  expect((await kept()).slice(-1)).toEqual([{ n: 202 }]);
});

test("back to a savepoint: what was sent since has failed by itself, what comes after holds", async () => {
  await inTransaction(world.db, async (tx) => {
    await sql`savepoint part`.execute(tx);
    send(tx, sql`insert into sent_things values (0)`);
    await expect(settle(tx)).rejects.toMatchObject({ code: "23505" });
    await sql`rollback to savepoint part`.execute(tx);
    send(tx, sql`insert into sent_things values (300)`);
  });
  expect((await kept()).slice(-1)).toEqual([{ n: 300 }]);
});

test("a transaction of which a row was missed is run again, and gives up in the end", async () => {
  await sql`create table if not exists missed_things (n int primary key)`.execute(world.db);
  let tries = 0;
  const write = (found: (attempt: number) => boolean) =>
    inTransaction(world.db, async (tx) => {
      tries++;
      await sql`insert into missed_things values (1)`.execute(tx);
      send(tx, sql`update missed_things set n = 2 where ${found(tries)}`, 1);
    });
  await write((attempt) => attempt === 3);
  expect(tries).toBe(3);
  expect(await rows(world.db, sql`select n from missed_things`)).toEqual([{ n: 2 }]);
  await expect(write(() => false)).rejects.toThrow("0 rows were met instead of 1");
});

test("what a transaction throws after it has missed a row is not its answer: it is run again", async () => {
  await inTransaction(world.db, async (tx, attempt) => {
    send(tx, sql`select 1 where ${attempt > 1}`, 1);
    await one(tx, sql`select 1`);
    if (attempt === 1) throw new RangeError("of what no longer holds");
  });
});

/** What was sent to the server, and when an answer came, in their order. */
async function heardOn(pool: pg.Pool): Promise<string[]> {
  const heard: string[] = [];
  const client = await pool.connect();
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  client.query = ((...given: unknown[]) => {
    if (typeof given[0] === "string") heard.push(given[0]);
    return query(...given);
  }) as typeof client.query;
  (client as unknown as { connection: NodeJS.EventEmitter }).connection.on("readyForQuery", () =>
    heard.push("answered"),
  );
  client.release();
  return heard;
}

test("what is asked at once is asked before the first of it is answered, behind the beginning of its transaction", async () => {
  const node = world.connect(1);
  const heard = await heardOn(node.pool);
  await onOneConnection(node.db, (db) => Promise.all([one(db, sql`select 1`), one(db, sql`select 2`)]));
  expect(heard.splice(0)).toEqual(["select 1", "select 2", "answered", "answered"]);
  await inTransaction(node.db, async (tx) => {
    send(tx, sql`select 3`);
    await one(tx, sql`select 4`);
  });
  expect(heard).toEqual(["begin", "answered", "select 3", "select 4", "answered", "answered", "commit", "answered"]);
  await node.close();
});

test("a connection is given back when all that was asked on it is answered, and takes no more", async () => {
  const node = world.connect(1);
  const heard = await heardOn(node.pool);
  let late: Db | undefined;
  const failing = onOneConnection(node.db, (db) => {
    late = db;
    return Promise.all([one(db, sql`select 1 / 0`), one(db, sql`select pg_sleep(0.05)`)]);
  });
  await expect(failing).rejects.toMatchObject({ code: "22012" });
  expect(heard.filter((what) => what === "answered")).toHaveLength(2);
  await expect(one(late as Db, sql`select 5`)).rejects.toThrow("given back");
  await node.close();
});

test("a transaction in which a failure was not heeded is told to have been undone", async () => {
  const undone = inTransaction(world.db, async (tx) => {
    await sql`insert into sent_things values (400)`.execute(tx);
    await sql`select 1 / 0`.execute(tx).catch(() => {});
  });
  await expect(undone).rejects.toMatchObject({ code: "25P02" });
  expect((await kept()).slice(-1)).toEqual([{ n: 300 }]);
  await expect(inTransaction(world.db, (tx) => inTransaction(tx, async () => {}))).rejects.toThrow(TypeError);
});
