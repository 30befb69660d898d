import { Writable } from "node:stream";

import { afterAll, beforeAll, expect, test } from "vitest";

import { createLog } from "./log.ts";
import { createWorld, type World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function lineOf(failing: Promise<unknown>): Promise<string> {
  let line = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      line += chunk.toString();
      done();
    },
  });
  const error = await failing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  createLog("test", "info", stream).error({ err: error }, "it failed");
  return line;
}

test("PRI-8 an engine that quotes the row it failed on does not get it into the log", async () => {
  const jane = "jane.doe@example.com";
  await world.pool.query("create table named (email text primary key check (email <> 'x'), at timestamptz)");
  await world.pool.query("insert into named values ($1)", [jane]);
  const lines = await Promise.all([
    lineOf(world.pool.query("insert into named values ($1)", [jane])),
    lineOf(world.pool.query("insert into named values ('y', $1)", [jane])),
    lineOf(world.pool.query("select $1::uuid", [jane])),
    lineOf(world.history.insertRaw("events", `{"profile_id":"${jane}"}\n`)),
    lineOf(world.history.query(`select toUInt8('${jane}')`)),
  ]);
  for (const line of lines) {
    expect(line).not.toContain("jane");
    const { err } = JSON.parse(line) as { err: { message: string; code: string; stack: string } };
    expect(err.message).not.toBe("");
    expect(err.code).toMatch(/^\w+$/);
    expect(err.stack).toContain("    at ");
  }
});

test("our own errors say all they have to say, with their cause", async () => {
  const line = await lineOf(Promise.reject(new Error("the place: is full", { cause: new TypeError("no disk") })));
  const { err } = JSON.parse(line) as { err: { message: string; cause: { type: string; message: string } } };
  expect(err.message).toBe("the place: is full");
  expect(err.cause).toMatchObject({ type: "TypeError", message: "no disk" });
});
