import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "./testing/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

/** Opens a stream; `next(event)` resolves with the data of the next such notice. */
async function open(path: string, headers: Record<string, string>) {
  const stop = new AbortController();
  const response = await fetch(server.url + path, { headers, signal: stop.signal });
  let isOver = false;
  const heard: { event: string; data: { id?: string; changed?: string[] } }[] = [];
  let wake = () => {};
  const reading = (async () => {
    let text = "";
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString("utf8");
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const lines = Object.fromEntries(
          text
            .slice(0, end)
            .split("\n")
            .map((line) => line.split(/: (.*)/s) as [string, string]),
        );
        text = text.slice(end + 2);
        if (lines.event) heard.push({ event: lines.event, data: JSON.parse(lines.data ?? "{}") as object });
        wake();
      }
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      isOver = true;
    });
  return {
    isOver: () => isOver,
    status: response.status,
    heard,
    async next(event: string) {
      for (;;) {
        const index = heard.findIndex((notice) => notice.event === event);
        if (index >= 0) return heard.splice(index, 1)[0]?.data;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    /** Resolves when the server ends the stream. */
    ended: reading,
    async close() {
      stop.abort();
      await reading;
    },
  };
}

const manager = () => ({ authorization: `Bearer ${server.apiKey}` });
const device = () => ({ authorization: `Bearer ${server.writeKey}` });

test("a screen that shows a profile hears of its change, and of no other profile's", async () => {
  await server.call("POST", "/v1/identify", { userId: "seen", traits: { city: "Izmir" } });
  await server.call("POST", "/v1/identify", { userId: "other", traits: { city: "Izmir" } });
  await server.settle();
  const { body } = await server.call<{ id: string }>("GET", "/v1/profiles/user_id:seen");
  const stream = await open("/v1/live?profiles=user_id:seen", manager());
  await stream.next("open");
  server.clock.advance({ seconds: 1 });
  await server.call("POST", "/v1/identify", { userId: "other", traits: { city: "Bursa" } });
  await server.call("POST", "/v1/identify", { userId: "seen", traits: { city: "Bursa" } });
  expect(await stream.next("profile")).toEqual({ id: body.id, changed: expect.arrayContaining(["traits"]) });
  expect(stream.heard).toEqual([]);
  await stream.close();
});

test("a device with the write key alone hears of products only, whatever it asks for", async () => {
  const stream = await open("/v1/live?profiles=user_id:seen&topics=product,order,event", device());
  await stream.next("open");
  server.bus.changed("order", "o1", ["status"]);
  server.bus.changed("product", "p1", ["stock"]);
  expect(await stream.next("product")).toEqual({ id: "p1", changed: ["stock"] });
  expect(stream.heard).toEqual([]);
  await stream.close();
});

test("a screen that shows a person who is merged away hears from then on of the one that lives on", async () => {
  await server.call("POST", "/v1/track", { anonymousId: "moving", event: "Seen" });
  await server.call("POST", "/v1/identify", { userId: "stays", traits: { city: "Izmir" } });
  await server.settle();
  const stream = await open("/v1/live?profiles=anonymous_id:moving", manager());
  await stream.next("open");
  await server.call("POST", "/v1/identify", { userId: "stays", anonymousId: "moving" });
  await server.settle();
  const { body } = await server.call<{ id: string }>("GET", "/v1/profiles/user_id:stays");
  for (;;) {
    const heard = await stream.next("profile");
    if (heard?.id === body.id) break;
    expect(heard?.changed).toContain("merged");
  }
  stream.heard.length = 0;
  server.clock.advance({ seconds: 1 });
  await server.call("POST", "/v1/identify", { userId: "stays", traits: { city: "Bursa" } });
  expect(await stream.next("profile")).toMatchObject({ id: body.id });
  await stream.close();
});

test("signing out ends what the session was listening to, a revoked key what it opened", async () => {
  const signIn = await fetch(`${server.url}/v1/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(server.staff),
  });
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const mine = await open("/v1/live?topics=order", { cookie });
  const others = await open("/v1/live?topics=order", manager());
  await mine.next("open");
  await others.next("open");
  await fetch(`${server.url}/v1/auth/sign-out`, {
    method: "POST",
    headers: { cookie, origin: server.url, "content-type": "application/json" },
    body: "{}",
  });
  await mine.ended;
  // The cookie alone is still believed for a moment, a stream is not.
  await (await open("/v1/live?topics=order", { cookie })).ended;
  server.bus.changed("order", "o2", ["status"]);
  expect(await others.next("order")).toEqual({ id: "o2", changed: ["status"] });

  const { body: key } = await server.call<{ value: string }>("POST", "/v1/keys", { kind: "secret", name: "Passing" });
  const passing = await open("/v1/live?topics=order", { authorization: `Bearer ${key.value}` });
  await passing.next("open");
  const { rows } = await server.pool.query<{ id: string }>(
    "update platform.keys set revoked_at = created_at where name = 'Passing' returning id",
  );
  // A look at the keys is good for a second.
  while (!passing.isOver()) {
    server.bus.changed("access", rows[0]?.id ?? "", ["ended"]);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await others.close();
});

test("who does not read is cut off before much is kept for her", async () => {
  const response = await fetch(`${server.url}/v1/live?topics=order`, { headers: manager() });
  const connections = () =>
    new Promise<number>((resolve, reject) =>
      server.app.server.getConnections((error, n) => (error ? reject(error) : resolve(n))),
    );
  const before = await connections();
  const long = "x".repeat(60_000);
  while ((await connections()) >= before) {
    server.bus.changed("order", "slow", [`${long}${Math.random()}`]);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await response.body?.cancel().catch(() => undefined);
});

test("nobody hears anything without a key", async () => {
  const stream = await open("/v1/live?topics=product", {});
  expect(stream.status).toBe(401);
  await stream.close();
});

test("the OpenAPI document names every route of the management API with its answers", async () => {
  const { body } = await server.call<{
    openapi: string;
    paths: Record<string, Record<string, { responses?: object }>>;
  }>("GET", "/openapi.json");
  expect(body.openapi).toMatch(/^3\.1/);
  for (const path of [
    "/v1/profiles/{ref}",
    "/v1/segments",
    "/v1/journeys",
    "/v1/messages",
    "/v1/orders",
    "/v1/decide",
  ]) {
    expect(body.paths[path], path).toBeDefined();
  }
  expect(Object.keys(body.paths).filter((path) => path.includes("*"))).toEqual(["/v1/auth/{*}"]);
});

test("the same Idempotency-Key and body give the same answer, another body is refused", async () => {
  const headers = { "idempotency-key": "make-one-key" };
  const first = await server.call<{ value: string }>("POST", "/v1/keys", { kind: "write", name: "Once" }, headers);
  const again = await server.call<{ value: string }>("POST", "/v1/keys", { kind: "write", name: "Once" }, headers);
  expect(first.status).toBe(201);
  expect(again).toEqual(first);
  const { rows } = await server.pool.query<{ response: string }>("select response from platform.idempotency");
  expect(rows.map((row) => row.response).join()).not.toContain(first.body.value);
  expect((await server.call("POST", "/v1/keys", { kind: "write", name: "Twice" }, headers)).status).toBe(409);
});

test("bad input is told by field, as problem details", async () => {
  const response = await fetch(`${server.url}/v1/profiles/lookup`, {
    method: "POST",
    headers: { ...manager(), "content-type": "application/json" },
    body: '{"type":5}',
  });
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  expect(await response.json()).toMatchObject({
    status: 400,
    errors: expect.arrayContaining([expect.objectContaining({ path: "type" })]),
  });
  for (const body of ["{", `${"[".repeat(5_000)}`, '{"__proto__":{"a":1}}']) {
    const answer = await fetch(`${server.url}/v1/profiles/lookup`, {
      method: "POST",
      headers: { ...manager(), "content-type": "application/json" },
      body,
    });
    expect(answer.status).toBe(400);
  }
});

test("a signed-in browser writes only from our own pages", async () => {
  const signIn = await fetch(`${server.url}/v1/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(server.staff),
  });
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const write = (headers: Record<string, string>) =>
    fetch(`${server.url}/v1/keys`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json", ...headers },
      body: JSON.stringify({ kind: "write", name: "x" }),
    });
  expect((await write({ origin: "https://evil.example", "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await write({ origin: server.url, "sec-fetch-site": "same-origin" })).status).toBe(201);
});
