import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const device = (extra: Record<string, string> = {}) => ({ authorization: `Bearer ${server.writeKey}`, ...extra });

/** The code in the newest mail to this address, as its owner would read it in her mailbox. */
async function codeFor(email: string): Promise<string> {
  await server.settle();
  const { body: list } = await server.call<{ items: { id: string; to: string }[] }>("GET", "/v1/mailbox");
  const mail = list.items.find((item) => item.to.includes(email.toLowerCase()));
  const { body } = await server.call<{ text: string }>("GET", `/v1/mailbox/${mail?.id}`);
  return /\b\d{6}\b/.exec(body.text)?.[0] ?? "";
}

async function signIn(email: string, anonymousId: string) {
  expect((await server.call("POST", "/v1/shopper/sign-in", { email }, device())).status).toBe(202);
  const code = await codeFor(email);
  return server.call<{ token: string; profile_id: string }>(
    "POST",
    "/v1/shopper/verify",
    { email, code, anonymous_id: anonymousId },
    device(),
  );
}

test("a code from her mail opens what is hers, and joins the device to her history", async () => {
  await server.call(
    "POST",
    "/v1/identify",
    { anonymousId: "old-laptop", traits: { email: "elif@dokuma.example", first_name: "Elif" } },
    device(),
  );
  await server.settle();
  const { body } = await signIn("Elif@Dokuma.example", "phone-1");
  const me = await server.call<{ first_name: string; email: string }>(
    "GET",
    "/v1/shopper/me",
    undefined,
    device({ "x-kilim-shopper": body.token }),
  );
  expect(me.body).toMatchObject({ first_name: "Elif", email: "elif@dokuma.example", preferred_store: null });
  const { body: profile } = await server.call<{ identifiers: { type: string; value: string; verified: boolean }[] }>(
    "GET",
    `/v1/profiles/${body.profile_id}`,
  );
  expect(profile.identifiers).toContainEqual(expect.objectContaining({ type: "email", verified: true }));
  expect(profile.identifiers.map((i) => i.value)).toEqual(expect.arrayContaining(["phone-1", "old-laptop"]));
});

test("what she says of herself is proven: no later claim of a device replaces it", async () => {
  const { body } = await signIn("selin@dokuma.example", "phone-9");
  const own = device({ "x-kilim-shopper": body.token });
  expect((await server.call("PUT", "/v1/shopper/me", { first_name: " Selin Su " }, own)).status).toBe(202);
  await server.settle();
  server.clock.advance({ minutes: 1 });
  await server.call("POST", "/v1/identify", { anonymousId: "phone-9", traits: { first_name: "Mallory" } }, device());
  await server.settle();
  expect((await server.call("GET", "/v1/shopper/me", undefined, own)).body).toMatchObject({ first_name: "Selin Su" });
  const empty = await server.call<{ errors: { path: string }[] }>("PUT", "/v1/shopper/me", { first_name: " " }, own);
  expect([empty.status, empty.body.errors.map(({ path }) => path)]).toEqual([400, ["first_name"]]);
  expect((await server.call("PUT", "/v1/shopper/me", { first_name: "Mallory" }, device())).status).toBe(403);
});

test("claiming her address with the write key alone opens nothing of hers", async () => {
  await server.call(
    "POST",
    "/v1/identify",
    { anonymousId: "thief", traits: { email: "elif@dokuma.example" } },
    device(),
  );
  await server.settle();
  for (const path of ["/v1/shopper/me", "/v1/shopper/orders"]) {
    expect((await server.call("GET", path, undefined, device({ "x-kilim-anonymous-id": "thief" }))).status, path).toBe(
      403,
    );
  }
  expect(
    (
      await server.call(
        "GET",
        "/v1/shopper/me",
        undefined,
        device({ "x-kilim-shopper": "st_00000000-0000-7000-8000-000000000000.forgedforgedforgedforged" }),
      )
    ).status,
  ).toBe(403);
});

test("a wrong code is refused, five wrong ones end the code, and a code works once", async () => {
  await server.call("POST", "/v1/shopper/sign-in", { email: "kemal@dokuma.example" }, device());
  const code = await codeFor("kemal@dokuma.example");
  const verify = (given: string) =>
    server.call(
      "POST",
      "/v1/shopper/verify",
      { email: "kemal@dokuma.example", code: given, anonymous_id: "d9" },
      device(),
    );
  const wrong = code === "111111" ? "222222" : "111111";
  for (let i = 0; i < 5; i++) expect((await verify(wrong)).status).toBe(401);
  expect((await verify(code)).status).toBe(401);
  server.clock.advance({ minutes: 1 });
  await server.call("POST", "/v1/shopper/sign-in", { email: "kemal@dokuma.example" }, device());
  const second = await codeFor("kemal@dokuma.example");
  const both = await Promise.all([verify(second), verify(second)]);
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 401]);
});

test("the answer does not tell whether an address is known", async () => {
  const known = await server.call("POST", "/v1/shopper/sign-in", { email: "elif@dokuma.example" }, device());
  const unknown = await server.call("POST", "/v1/shopper/sign-in", { email: "nobody@dokuma.example" }, device());
  server.clock.advance({ minutes: 1 });
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
});

test("a token ends with sign-out and with its time", async () => {
  const { body } = await signIn("zeynep@dokuma.example", "z1");
  const headers = device({ "x-kilim-shopper": body.token });
  expect((await server.call("POST", "/v1/shopper/sign-out", {}, headers)).status).toBe(200);
  expect((await server.call("GET", "/v1/shopper/me", undefined, headers)).status).toBe(403);
  server.clock.advance({ minutes: 1 });
  const again = await signIn("zeynep@dokuma.example", "z1");
  server.clock.advance({ hours: 25 });
  expect(
    (await server.call("GET", "/v1/shopper/me", undefined, device({ "x-kilim-shopper": again.body.token }))).status,
  ).toBe(403);
});

test("a live stream tells her of herself alone, follows her when she is merged, and ends when she signs out", async () => {
  const { body } = await signIn("live@dokuma.example", "live-phone");
  const response = await fetch(`${server.url}/v1/live`, { headers: device({ "x-kilim-shopper": body.token }) });
  const heard = response.body?.pipeThrough(new TextDecoderStream()).values();
  let text = "";
  const untilHeard = async (part: string) => {
    while (!text.includes(part)) {
      const { value, done } = (await heard?.next()) ?? { done: true };
      if (done) throw new Error(`the stream ended without ${part}`);
      text += value;
    }
  };
  await untilHeard("event: open");
  await server.call("POST", "/v1/identify", { userId: "somebody-else", traits: { city: "Izmir" } });
  await server.call("POST", "/v1/identify", { userId: "live-user", traits: { city: "Izmir" } });
  await server.settle();
  const { body: one } = await server.call<{ id: string }>("GET", "/v1/profiles/user_id:live-user");
  const { body: other } = await server.call<{ id: string }>("GET", "/v1/profiles/user_id:somebody-else");
  const merge = { into: one.id, from: body.profile_id, reason: "the same person" };
  expect(await server.call("POST", "/v1/profiles/merge", merge)).toMatchObject({ status: 200 });
  await untilHeard(one.id);
  text = "";
  server.clock.advance({ seconds: 1 });
  await server.call("POST", "/v1/identify", { userId: "live-user", traits: { city: "Bursa" } });
  await untilHeard(one.id);
  expect(text).not.toContain(other.id);
  await server.call("POST", "/v1/shopper/sign-out", {}, device({ "x-kilim-shopper": body.token }));
  await expect(untilHeard("anything more")).rejects.toThrow("the stream ended");
});
