import { afterAll, beforeAll, expect, test } from "vitest";

import { inTransaction, one, rows, sql } from "../../platform/db.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import { loadProfiles } from "../../profiles/index.ts";
import type { ChannelContent } from "../content/kinds.ts";
import { eachDevice, readDevice } from "./device-address.ts";
import { phoneOf, placesOf } from "./places.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

let serial = 0;
async function person(traits: Record<string, unknown> = {}) {
  const userId = `v${++serial}`;
  const batch = [{ type: "identify", messageId: `v-${serial}`, userId, anonymousId: `browser-${userId}`, traits }];
  await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
  await server.settle();
  return (await server.call<{ id: string }>("GET", `/v1/profiles/user_id:${userId}`)).body.id;
}
async function visit(anonymousId: string) {
  const batch = [{ type: "page", messageId: `p-${++serial}`, anonymousId }];
  await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
  await server.settle();
  return (await server.call<{ id: string }>("GET", `/v1/profiles/anonymous_id:${anonymousId}`)).body;
}
const browser = (anonymousId: string) => ({
  authorization: `Bearer ${server.writeKey}`,
  "x-kilim-anonymous-id": anonymousId,
});
async function say(profileId: string, to: string, content: ChannelContent): Promise<string> {
  const id = await inTransaction(server.db, (tx) => server.rooms.messages.sendDirect(tx, { profileId, to, content }));
  server.bus.wake("messages");
  await server.settle();
  return id;
}
const place = async (channel: "push" | "letter", id: string) =>
  (await placesOf(server.db, channel, [...(await loadProfiles(server.db, [id])).values()])).get(id);
const subscription = (n: number) => ({
  kind: "web",
  token: `https://push.example/${n}`,
  keys: { p256dh: "B".repeat(87), auth: "a".repeat(22) },
});

test("VISIT-1 a device that says it is somebody known is pushed nothing of theirs; the retailer's server may say so", async () => {
  const nobody = await visit("browser-new");
  const anonymous = browser("browser-new");
  expect((await server.call("PUT", "/v1/devices", subscription(1), anonymous)).status).toBe(200);
  expect(JSON.parse((await place("push", nobody.id)) ?? "")).toMatchObject({
    kind: "web",
    token: "https://push.example/1",
  });
  const known = await person({ email: "known@example.com" });
  await server.call("POST", "/v1/batch", {
    writeKey: server.writeKey,
    batch: [{ type: "identify", messageId: "claim", userId: `v${serial}`, anonymousId: "browser-new" }],
  });
  await server.settle();
  expect(await place("push", known)).toBeUndefined();
  await server.call("PUT", "/v1/devices", subscription(2), browser("browser-new"));
  expect(await place("push", known)).toBeUndefined();
  await server.call("PUT", "/v1/devices", { ...subscription(3), profile: known });
  expect(JSON.parse((await place("push", known)) ?? "")).toMatchObject({ token: "https://push.example/3" });
  await server.call("POST", "/v1/devices/forget", { token: "https://push.example/3" }, browser("x"));
  expect(await place("push", known)).toBeUndefined();
});

test("VISIT-1 a push goes to every device of theirs, each by its own service", async () => {
  const known = await person({ email: "many@example.com" });
  await server.call("PUT", "/v1/devices", { ...subscription(31), profile: known });
  await server.call("PUT", "/v1/devices", { kind: "fcm", token: "fcm-token-32", profile: known });
  const to = (await place("push", known)) ?? "";
  expect(
    eachDevice(to)
      .map((one) => readDevice(one)?.token)
      .sort(),
  ).toEqual(["fcm-token-32", "https://push.example/31"]);
  expect(eachDevice("+905551112233")).toEqual(["+905551112233"]);
});

test.each([
  [{ kind: "web", token: "https://push.example/4" }],
  [{ kind: "web", token: "http://push.example/4", keys: subscription(4).keys }],
  [{ kind: "pigeon", token: "abcdefgh" }],
])("VISIT-1 %o is no device", async (body) => {
  expect((await server.call("PUT", "/v1/devices", body, browser("b"))).status).toBe(400);
});

test("VISIT-2 what waits on the site is shown to the device's own nobody, once put away no more, and opened and clicked once", async () => {
  const nobody = await visit("browser-site");
  await visit("browser-other");
  const content = { channel: "onsite", layout: "banner", title: "Hoş geldiniz", body: "10 %" } as const;
  const id = await say(nobody.id, nobody.id, content);
  const read = (anonymousId: string) =>
    server.call<{ slots: { onsite_messages: object } }>(
      "POST",
      "/v1/decide",
      { anonymous_id: anonymousId, slots: ["onsite_messages"] },
      { authorization: `Bearer ${server.writeKey}` },
    );
  const waiting = async (anonymousId: string) => (await read(anonymousId)).body.slots.onsite_messages;
  expect(await waiting("browser-site")).toMatchObject({
    items: [{ id, content }],
    look: { colors: { primary: "#b3312c" }, fonts: { body: "Helvetica, Arial, sans-serif" }, radius: 6 },
    reason: "waiting_on_device",
  });
  expect(await waiting("browser-other")).toEqual({ items: [], reason: "nothing_known" });
  const note = (what: string, anonymousId = "browser-site") =>
    server.call("POST", `/v1/onsite/${id}`, { what }, browser(anonymousId));
  expect((await note("shown", "browser-other")).status).toBe(404);
  for (const what of ["shown", "shown", "clicked", "clicked"]) expect((await note(what)).status).toBe(200);
  expect(await waiting("browser-site")).toEqual({ items: [], reason: "nothing_known" });
  await server.settle();
  const { body } = await server.call<{ items: { event: string }[] }>("GET", `/v1/profiles/${nobody.id}/events`);
  expect(
    body.items
      .map(({ event }) => event)
      .filter((name) => name?.startsWith("Onsite"))
      .sort(),
  ).toEqual(["Onsite Clicked", "Onsite Opened", "Onsite Sent"]);
});

test("CALL-1 a call is one person's at a time; its outcome is on the timeline and heeded", async () => {
  const id = await person({ phone: "+905551112233" });
  const call = await say(id, "+905551112233", { channel: "call", script: "Merhaba", reason: "Sipariş hazır" });
  const { body: open } = await server.call<{ items: { id: string }[] }>("GET", "/v1/calls");
  expect(open.items.map((one) => one.id)).toContain(call);
  expect((await server.call("POST", `/v1/calls/${call}/take`, {})).status).toBe(200);
  await sql`update messages.calls set taken_by = 'somebody@else' where message_id = ${call}`.execute(server.db);
  expect((await server.call("POST", `/v1/calls/${call}/take`, {})).body).toMatchObject({ code: "call_taken" });
  server.clock.advance({ minutes: 61 });
  expect((await server.call("POST", `/v1/calls/${call}/take`, {})).status).toBe(200);
  const finish = (outcome: string) => server.call("POST", `/v1/calls/${call}/finish`, { outcome });
  expect((await finish("call_back")).body).toMatchObject({ state: "open", outcome: "call_back" });
  expect((await finish("do_not_call")).body).toMatchObject({ state: "done" });
  expect((await finish("reached")).body).toMatchObject({ code: "call_done" });
  const bar = await one(server.db, sql`select reason from messages.suppressions where channel = 'call'`);
  expect(bar).toEqual({ reason: "stopped" });
  await server.settle();
  const { body } = await server.call<{ consent: { call: { marketing: { state: string } } } }>(
    "GET",
    `/v1/profiles/${id}`,
  );
  expect(body.consent.call.marketing.state).toBe("denied");
});

test("LET-1 waiting letters go into one batch each, whoever asks at once, and come out as one PDF", async () => {
  const id = await person({
    first_name: "Ayşe",
    address: { street: "Kordon 1", city: "İzmir", country: "tr", postalCode: "35210" },
  });
  const to = (await place("letter", id)) ?? "";
  expect(JSON.parse(to)).toEqual({
    name: "Ayşe",
    line1: "Kordon 1",
    city: "İzmir",
    postal_code: "35210",
    country: "TR",
  });
  const letter = { channel: "letter", heading: "Merhaba Ayşe", body: "Şık\n\nÇok ığüşöç", footer: "Dokuma" } as const;
  for (let i = 0; i < 3; i++)
    await say(id, to, { ...letter, format: "letter_a4", coupon: { code: "KILIM-1", symbology: "qr", label: "10 %" } });
  await say(id, to, {
    ...letter,
    format: "postcard_a6",
    coupon: { code: "KILIM-1", symbology: "code128", label: "10 %" },
  });
  const make = (format: string) =>
    server.call<{ id: string; letters: number; code: string }>("POST", "/v1/letters/batches", { format });
  const made = await Promise.all([make("letter_a4"), make("letter_a4"), make("postcard_a6")]);
  const taken = made.flatMap(({ status, body }) => (status === 201 ? [body.letters] : []));
  expect(taken.reduce((sum, n) => sum + n, 0)).toBe(4);
  for (const [i, { status, body }] of made.entries()) {
    if (status !== 201) continue;
    const headers = { authorization: `Bearer ${server.apiKey}` };
    const answer = await fetch(`${server.url}/v1/letters/batches/${body.id}/pdf`, { headers });
    const pdf = Buffer.from(await answer.arrayBuffer()).toString("latin1");
    expect(pdf.slice(0, 5)).toBe("%PDF-");
    expect(pdf.match(/\/TrimBox/g)?.length).toBe(i === 2 ? 2 * body.letters : body.letters);
  }
  const { body: batches } = await server.call<{ items: { letters: number }[] }>("GET", "/v1/letters/batches");
  expect(batches.items.length).toBeGreaterThanOrEqual(2);
  expect((await rows(server.db, sql`select 1 from messages.letters where batch_id is null`)).length).toBe(0);
});

test.each([
  [{ phone: "0555 123 45 67", country: "TR" }, "+905551234567"],
  [{ phone: "(0212) 555 12 12", locale: "tr-TR" }, "+902125551212"],
  [{ phone: "0812-3456-7890", address: { country: "id" } }, "+6281234567890"],
  [{ phone: "0049 151 23456789" }, "+4915123456789"],
  [{ phone: "+44 (0)7911 123456" }, "+447911123456"],
  [{ phone: "555 123 45 67" }, null],
  [{ phone: "+90 555" }, null],
  [{ phone: "call me" }, null],
])("ADDR-1 %o is %o", (traits, number) => expect(phoneOf(traits as never)).toBe(number));

test("ADDR-1 no SMS goes to a landline", () => {
  expect(phoneOf({ phone: "+902125551212" }, true)).toBeNull();
});
