import { createConnection, createServer as createNetServer, type Server, type Socket } from "node:net";

import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";

import { openDb } from "../platform/db.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import type { Hold } from "./contracts.ts";
import { available } from "./index.ts";
import { findBreaches } from "./queries/find-breaches.pg.ts";
import { stockedProduct, WAREHOUSE } from "./testing.ts";

/** The line to the database dies in the moment between a commit and its answer: nobody here knows whether it was done. */
let world: World;
let server: TestServer;
let line: Line;
let db: ReturnType<typeof openDb>;

beforeAll(async () => {
  world = await createWorld();
  line = await openLine();
  const { database = "" } = world.pool.options;
  db = openDb({ ...inject("postgres"), host: "127.0.0.1", port: line.port, database });
  server = await createServer({ world: { ...world, db: db.db } });
});
afterAll(async () => {
  await server?.close();
  await db?.close();
  line?.close();
});
afterEach(async () => expect(await findBreaches(world.db)).toEqual([]));

const one = async (stock: number) => (await stockedProduct(world, [{ [WAREHOUSE]: stock }])).variantIds[0] ?? "";
const webOf = async (id: string) => (await available(world.db, world.clock, [id])).get(id)?.web;
const hold = (variant_id: string, quantity: number, key: string) =>
  server.call<Hold>(
    "POST",
    "/v1/stock/holds",
    { lines: [{ variant_id, quantity }], seconds: 600 },
    { "idempotency-key": key },
  );

test("INV-15 a hold whose commit was done and never answered is the same hold when it is asked for again", async () => {
  const id = await one(10);
  line.cutAfterCommit();
  expect((await hold(id, 2, "order 1")).status).toBe(500);
  expect(line.cuts()).toBe(1);
  expect(await webOf(id)).toBe(8);
  const again = await hold(id, 2, "order 1");
  expect(again).toMatchObject({ status: 201, body: { state: "held", lines: [{ variant_id: id, quantity: 2 }] } });
  expect(await webOf(id)).toBe(8);
  expect((await hold(id, 2, "order 1")).body).toEqual(again.body);
  expect((await hold(id, 2, "order 2")).body.id).not.toBe(again.body.id);
  expect(await webOf(id)).toBe(6);
});

test("INV-15 those who were decided together with it, and are tried alone after it, hold once, too", async () => {
  const id = await one(20);
  line.cutAfterCommit();
  const all = await Promise.all(Array.from({ length: 8 }, (_, i) => hold(id, 1, `together ${i}`)));
  expect(line.cuts()).toBe(1);
  // One that went alone has lost its line; it asks again.
  const again = await Promise.all(
    all.map((answer, i) => (answer.status < 500 ? answer : hold(id, 1, `together ${i}`))),
  );
  expect(new Set(again.map(({ status, body }) => `${status} ${body.lines[0]?.quantity}`))).toEqual(new Set(["201 1"]));
  expect(await webOf(id)).toBe(12);
});

interface Line {
  readonly port: number;
  /** The next transaction that writes a hold is committed, and its connection dies before the answer. */
  cutAfterCommit(): void;
  /** How often that has happened since it was last asked for. */
  cuts(): number;
  close(): void;
}

/** A way to the database that can be cut. */
async function openLine(): Promise<Line> {
  let isArmed = false;
  let cuts = 0;
  const sockets = new Set<Socket>();
  const { host = "127.0.0.1", port } = inject("postgres");
  const listener: Server = createNetServer((near) => {
    const far = host.startsWith("/")
      ? createConnection(`${host}/.s.PGSQL.${port}`)
      : createConnection(port ?? 5432, host);
    let holds = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        near.destroy();
        far.destroy();
      });
    }
    near.on("data", (sent) => {
      if (sent.includes("insert into inventory.allocation")) holds = true;
      far.write(sent);
    });
    far.on("data", (answer) => {
      if (isArmed && holds && answer.includes("COMMIT\0")) {
        isArmed = false;
        cuts += 1;
        near.destroy();
      } else {
        if (answer.includes("COMMIT\0")) holds = false;
        near.write(answer);
      }
    });
  });
  await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
  const address = listener.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    cutAfterCommit() {
      isArmed = true;
      cuts = 0;
    },
    cuts: () => cuts,
    close() {
      for (const socket of sockets) socket.destroy();
      listener.close();
    },
  };
}
