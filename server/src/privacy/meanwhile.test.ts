import { Writable } from "node:stream";

import { afterAll, beforeAll, expect, test } from "vitest";

import { append, newEvent } from "../collect/index.ts";
import { identityData, rememberErased } from "../identity/index.ts";
import { inTransaction } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import { createLog } from "../platform/log.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { profileData } from "../profiles/index.ts";
import type { Receipt } from "./contracts.ts";
import { lockPerson } from "./lock-person.ts";
import { searchEverything } from "./testing/search-everything.ts";

/** What happens while a person is being erased. */
let server: TestServer;
let isAway = false;
const logged: string[] = [];

beforeAll(async () => {
  const world = await createWorld();
  server = await createServer({ world: { ...world, history: sometimesAway(world) }, log: intoMemory() });
});
afterAll(() => server.close());

function sometimesAway({ history }: World): History {
  const fail = () => Promise.reject(Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" }));
  return {
    ...history,
    insertRaw: (...given) => (isAway ? fail() : history.insertRaw(...given)),
    insert: (...given) => (isAway ? fail() : history.insert(...given)),
    query: (...given) => (isAway ? fail() : history.query(...given)),
    command: (...given) => (isAway ? fail() : history.command(...given)),
  };
}

function intoMemory() {
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged.push(chunk.toString());
      done();
    },
  });
  return createLog("test", "trace", stream);
}

let serial = 0;
async function send(...events: object[]): Promise<void> {
  const batch = events.map((event) => ({
    messageId: `w-${++serial}`,
    type: "track",
    event: "Product Viewed",
    ...event,
  }));
  await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
}
const request = (ref: string) => server.call<Receipt>("DELETE", `/v1/profiles/${ref}`);
const read = async (id: string) => (await server.call<Receipt>("GET", `/v1/erasures/${id}`)).body;

test("PRI-3 what lies in the inbox when a person is erased never makes a person of her again", async () => {
  await send({ userId: "wait-1", anonymousId: "wait-1-phone" });
  await server.settle();
  const { body: profile } = await server.call<{ id: string }>("GET", "/v1/profiles/user_id:wait-1");
  // Accepted before, worked in after: by name, and by one of our own rooms that still has her id.
  const waiting = [
    newEvent(server.clock, { messageId: "late-1", source: "x", name: "Late", userId: "wait-1" }),
    newEvent(server.clock, { messageId: "late-2", source: "x", name: "Late", anonymousId: "wait-1-phone" }),
    newEvent(server.clock, { messageId: "late-3", source: "messages", name: "Email Sent", profileId: profile.id }),
  ];
  server.clock.advance({ seconds: 1 });
  const { body: receipt } = await request("user_id:wait-1");
  await server.settle();
  await inTransaction(server.db, (tx) => append(tx, waiting));
  await server.settle();
  server.clock.advance({ minutes: 5 });
  await server.settle();
  expect((await read(receipt.id)).checked_at).not.toBeNull();
  expect(await searchEverything(server, ["wait-1", profile.id])).toEqual([]);
});

test("PRI-3 while events stream in she is erased whole or comes back whole: never half, and no old id lives on", async () => {
  const people = Array.from({ length: 12 }, (_, i) => `race-${i}`);
  for (const who of people) await send({ type: "identify", userId: who, traits: { email: `${who}@x.example` } });
  await server.settle();
  const old = new Set<string>();
  for (const who of people) {
    const { body } = await server.call<{ id: string }>("GET", `/v1/profiles/user_id:${who}`);
    old.add(body.id);
  }
  const streaming = Promise.all(
    people.map(async (who) => {
      for (let i = 0; i < 6; i++) await send({ userId: who, anonymousId: `${who}-${i}` }, { userId: who });
    }),
  );
  const receipts = await Promise.all(people.map((who) => request(`user_id:${who}`)));
  await streaming;
  await server.settle();
  server.clock.advance({ minutes: 5 });
  await server.settle();
  for (const { body } of receipts) expect((await read(body.id)).checked_at).not.toBeNull();
  expect(await searchEverything(server, [...old])).toEqual([]);
  // Identifiers without a profile, or a profile without identifiers, would be half a person.
  const { rows } = await server.pool.query(
    `select i.value, p.id from identity.identifiers i full join profiles.profiles p on p.id = i.profile_id
     where i.value is null or p.id is null`,
  );
  expect(rows).toEqual([]);
});

test("PRI-3 a batch that waited for the erasure's locks knows the person no more: what it brings makes somebody new", async () => {
  await send({ type: "identify", userId: "lock-1", anonymousId: "lock-1-phone" }, { userId: "lock-2" });
  await server.settle();
  const { body: profile } = await server.call<{ id: string }>("GET", "/v1/profiles/user_id:lock-1");
  server.clock.advance({ seconds: 1 });
  const gate = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const erasing = inTransaction(server.db, async (tx) => {
    const person = await lockPerson(tx, profile.id);
    if (!person) throw new Error("nobody to erase");
    const now = server.clock.now().toString();
    await rememberErased(tx, server.secrets, person, { erasureId: profile.id, now, suppress: false });
    for (const data of [identityData, profileData]) await data.erase(tx, person);
    locked.resolve();
    await gate.promise;
  });
  await locked.promise;
  const event = newEvent(server.clock, { messageId: "lock-3", source: "x", name: "Came Back", userId: "lock-1" });
  const named = newEvent(server.clock, {
    messageId: "lock-4",
    source: "messages",
    name: "Late",
    profileId: profile.id,
  });
  const working = server.rooms.pipeline.processNow([event, named]);
  const waiting = async () =>
    (
      await server.pool.query<{ n: number }>(
        "select count(*)::int4 as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
    ).rows[0]?.n;
  await expect.poll(waiting).toBeGreaterThan(0);
  gate.resolve();
  await erasing;
  const [back, late] = await working;
  expect(late).toBeNull();
  expect(back).not.toBe(profile.id);
  const { body: anew } = await server.call<{ id: string; identifiers: object[] }>("GET", "/v1/profiles/user_id:lock-1");
  expect(anew).toMatchObject({ id: back, identifiers: [{ value: "lock-1" }] });
  expect((await server.call("GET", `/v1/profiles/${profile.id}`)).status).toBe(404);
});

test("PRI-5 while History is away the rest is done and told; when it is back nothing late arrives, and the receipt is done", async () => {
  await send({ type: "identify", userId: "away-1", traits: { email: "away-1@x.example" } }, { userId: "away-2" });
  await server.settle();
  isAway = true;
  const { body: other } = await request("user_id:away-2");
  await expect.poll(async () => (await read(other.id)).problem).toBe("history");
  await send({ userId: "away-1" });
  await expect.poll(async () => (await server.call<{ inbox: number }>("GET", "/v1/pipeline")).body.inbox).toBe(0);
  const { body: profile } = await server.call<{ id: string }>("GET", "/v1/profiles/user_id:away-1");
  const { body: requested } = await request("user_id:away-1");
  const statuses = async () =>
    Object.fromEntries((await read(requested.id)).stores.map(({ store, status }) => [store, status]));
  await expect.poll(statuses).toMatchObject({ profiles: "done", outbox: "done", history: "waiting" });
  isAway = false;
  server.clock.advance({ seconds: 3 });
  await server.settle();
  expect(await read(requested.id)).toMatchObject({ state: "done", problem: null });
  expect(await read(other.id)).toMatchObject({ state: "done", problem: null });
  expect(await server.history.query("select count() as n from events where user_id = 'away-1'")).toEqual([{ n: 0 }]);
  server.clock.advance({ minutes: 5 });
  await server.settle();
  expect(await searchEverything(server, ["away-1", profile.id])).toEqual([]);
});

test("PRI-5 an erasure whose worker died in the middle is taken over once its claim is over", async () => {
  await send({ userId: "died-1" });
  await server.settle();
  await server.rooms.privacy.stop?.();
  const { body: requested } = await request("user_id:died-1");
  // Another worker took it and died before it wrote anything down.
  await server.pool.query("update privacy.erasures set claim = gen_random_uuid(), due_at = $2 where id = $1", [
    requested.id,
    server.clock.now().add({ minutes: 2 }).toString(),
  ]);
  await server.settle();
  expect((await read(requested.id)).state).toBe("waiting");
  server.clock.advance({ minutes: 2 });
  await server.settle();
  expect((await read(requested.id)).state).toBe("done");
});

test("PRI-8 no line of the log names anybody, not even while something fails", async () => {
  const text = logged.join("");
  expect(text).toContain("a store cannot be erased just now");
  for (const trace of ["wait-1", "race-", "away-1", "died-1", "x.example"]) expect(text).not.toContain(trace);
});
