import { afterAll, beforeAll, expect, test } from "vitest";

import { sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { ReachSettings, ReachView } from "./contracts.ts";
import { costInWorth } from "./message-costs.ts";

let server: TestServer;
let serial = 0;

beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const settings = (given: Partial<ReachSettings>) => server.call("PUT", "/v1/reach-settings", given);

async function person(channels: readonly string[], traits: Record<string, string> = {}): Promise<string> {
  const userId = `u${++serial}`;
  const batch = [
    {
      type: "identify",
      userId,
      traits: { email: `${userId}@example.com`, phone: `+9055500${10_000 + serial}`, ...traits },
    },
    ...channels.map((channel) => ({
      type: "track",
      userId,
      event: "Consent Changed",
      properties: { channel, state: "granted", source: "test" },
    })),
  ];
  await server.call("POST", "/v1/batch", { writeKey: server.writeKey, batch });
  await server.settle();
  return (await server.call<{ id: string }>("GET", `/v1/profiles/user_id:${userId}`)).body.id;
}

/** Messages sent a day apart, the newest two days ago, at this hour (UTC), and what came of each. */
async function got(id: string, channel: string, outcomes: string, hour = 9): Promise<void> {
  const day = server.clock.now().toZonedDateTimeISO("UTC").startOfDay().with({ hour }).toInstant();
  for (const [i, outcome] of [...outcomes].entries()) {
    const at = day.subtract({ hours: 24 * (i + 2) }).toString();
    const key = newId(server.clock);
    await sql`
      insert into messages.messages (id, dedup_key, lane, channel, purpose, profile_id, language, status, due_at, created_at,
        sent_at, opened_at, clicked_at, ordered_at)
      values (${key}, ${key}, 1, ${channel}, 'marketing', ${id}, 'en', 'sent', ${at}, ${at}, ${at},
        ${"rab".includes(outcome) ? at : null}, ${"ab".includes(outcome) ? at : null}, ${outcome === "b" ? at : null})`.execute(
      server.db,
    );
  }
}

const choose = async (id: string, channels: readonly string[], now = server.clock.now()) =>
  (await server.rooms.reach.chooseChannel(server.db, [{ profileId: id, channels }], now))[0] ?? null;
const view = async (id: string) => (await server.call<ReachView>("GET", `/v1/profiles/${id}/reach`)).body;

test("REA-2 it says why in figures of their own, and chooses what they react to", async () => {
  await settings({ explore: 0 });
  const id = await person(["email", "whatsapp"]);
  await got(id, "email", ".........");
  await got(id, "whatsapp", "rrab..", 18);
  const chosen = await choose(id, ["email", "whatsapp"]);
  expect(chosen).toEqual({
    channel: "whatsapp",
    why: {
      by: "learnt",
      is_trial: false,
      is_wished: false,
      counts: [
        { channel: "whatsapp", sent: 6, read: 4, bought: 1 },
        { channel: "email", sent: 9, read: 0, bought: 0 },
      ],
    },
  });
  const shown = await view(id);
  expect(shown).toMatchObject({ best: "whatsapp", is_own: true });
  expect(shown.channels.find(({ channel }) => channel === "whatsapp")).toMatchObject({
    sent: 6,
    read: 4,
    answered: 2,
    bought: 1,
  });
  expect(await choose(id, ["email", "whatsapp"])).toEqual(chosen);
});

test("REA-3 a device of theirs makes push a channel; its absence closes it", async () => {
  const id = await person(["push"]);
  expect(await choose(id, ["push"])).toBeNull();
  const keys = { p256dh: "B".repeat(87), auth: "a".repeat(22) };
  await server.call("PUT", "/v1/devices", { kind: "web", token: "https://push.example/1", keys, profile: id });
  expect(await choose(id, ["push"])).toEqual({ channel: "push", why: { by: "only_open" } });
});

test("REA-3 only channels on which somebody can be and may be written to, and which are in use, are chosen", async () => {
  const id = await person(["email"]);
  await got(id, "whatsapp", "bbbbbb");
  expect(await choose(id, ["email", "whatsapp"])).toEqual({
    channel: "email",
    why: { by: "only_open" },
  });
  expect(await choose(id, ["whatsapp", "push"])).toBeNull();
  expect((await view(id)).channels.find(({ channel }) => channel === "whatsapp")?.closed).toBe("no_consent");
  await settings({ explore: 0, channels: { email: { cost: 0, used: false } } });
  expect(await choose(id, ["email"])).toBeNull();
  await settings({ explore: 0 });
  const { body } = await server.call<{ traits: { email: string } }>("GET", `/v1/profiles/${id}`);
  await server.call("POST", "/v1/suppressions", { address: body.traits.email });
  expect(await choose(id, ["email"])).toBeNull();
  expect(await choose(newId(server.clock), ["email"])).toBeNull();
});

test("REA-3 what a message costs is weighed against what it brings", async () => {
  const id = await person(["email", "sms"]);
  await got(id, "email", "r.r.r.r.");
  await got(id, "sms", "a.r.a.r.");
  const often = async (given: Partial<ReachSettings>) => {
    await settings({ explore: 0, ...given });
    let sms = 0;
    for (let i = 0; i < 40; i++) {
      const now = server.clock.now().add({ minutes: i });
      if ((await choose(id, ["email", "sms"], now))?.channel === "sms") sms++;
    }
    return sms;
  };
  expect(await often({ worth: 100 })).toBeGreaterThan(25);
  expect(await often({ worth: 100, channels: { sms: { cost: 20, used: true } } })).toBeLessThan(5);
});

test("REA-8 a cost is stated in the currency its provider bills in, and weighed by the retailer's own rate", async () => {
  const channels = { sms: { cost: 10, currency: "USD", used: true } };
  const given = { worth: 100, currency: "IDR", channels };
  const refused = await server.call<{ errors: { path: string }[] }>("PUT", "/v1/reach-settings", given);
  expect([refused.status, refused.body.errors.map(({ path }) => path)]).toEqual([400, ["rates.USD"]]);
  const saved = await server.call<ReachSettings>("PUT", "/v1/reach-settings", { ...given, rates: { USD: 16_000 } });
  expect(saved.body).toMatchObject({ currency: "IDR", channels, rates: { USD: 16_000 } });
  // Ten cents are 1,600 rupiah, in sen; a yen has no parts.
  expect(costInWorth(saved.body, "sms")).toBe(160_000);
  expect(costInWorth({ ...saved.body, currency: "JPY", rates: { USD: 150 } }, "sms")).toBe(15);
  expect(costInWorth(saved.body, "email")).toBe(0);
});

test("REA-4 everything open is tried now and then, and said to be a trial", async () => {
  await settings({ explore: 0.2 });
  const id = await person(["email", "whatsapp"]);
  await got(id, "email", "....................");
  await got(id, "whatsapp", "bbbbbbbbbbbb");
  const answers: NonNullable<Awaited<ReturnType<typeof choose>>>[] = [];
  for (let i = 0; i < 100; i++) {
    const answer = await choose(id, ["email", "whatsapp"], server.clock.now().add({ minutes: i }));
    if (answer) answers.push(answer);
  }
  const tried = answers.filter(({ channel }) => channel === "email");
  expect(tried.length).toBeGreaterThan(1);
  expect(tried.length).toBeLessThan(30);
  expect(tried.every(({ why }) => why.by === "learnt" && why.is_trial)).toBe(true);
  await settings({ explore: 0 });
});

test("REA-5 of somebody new it believes what is known of people like them; a wish of their own weighs more", async () => {
  const fresh = await person(["email", "sms"]);
  const wishes = await person(["email", "sms"], { contact_channel: "sms" });
  server.clock.advance({ hours: 2 });
  await expect
    .poll(
      async () => (await server.pool.query("select cell from reach.curves order by cell")).rows.map(({ cell }) => cell),
      { timeout: 20_000 },
    )
    .toEqual(["", "en"]);
  const [a, b] = [await view(fresh), await view(wishes)];
  expect(a.is_own).toBe(false);
  const expectedOf = (shown: ReachView, name: string) =>
    shown.channels.find(({ channel }) => channel === name)?.expected ?? 0;
  expect(expectedOf(b, "sms")).toBeGreaterThan(2 * expectedOf(a, "sms"));
  expect(b.best).toBe("sms");
});

test("REA-6 the best hour lies within its bounds, and follows their reactions", async () => {
  const id = await person(["email"], { timezone: "UTC" });
  await got(id, "email", "bbbbbbbbbbbbbbbb", 20);
  await got(id, "email", "................", 9);
  const from = Temporal.Instant.from("2026-04-06T07:15:00Z");
  const ask = async (until: Temporal.Instant) =>
    (await server.rooms.reach.chooseHour(server.db, [{ profileId: id, from, until, zone: "UTC" }]))[0]?.toString();
  expect(await ask(from.add({ hours: 24 }))).toMatch(/^2026-04-06T(19|20|21):00:00Z$/);
  for (const minutes of [0, 10, 90, 600]) {
    const at = Temporal.Instant.from((await ask(from.add({ minutes }))) ?? "");
    expect(Temporal.Instant.compare(at, from)).toBeGreaterThanOrEqual(0);
    expect(Temporal.Instant.compare(at, from.add({ minutes }))).toBeLessThanOrEqual(0);
  }
});

test("REA-6 hours at which marketing may not go out on the channel are left out, as long as there are others", async () => {
  const id = await person(["sms"], { timezone: "UTC" });
  const from = Temporal.Instant.from("2026-04-06T21:15:00Z");
  const ask = async (hours: number, channels: readonly string[]) => {
    const asked = { profileId: id, from, until: from.add({ hours }), zone: "UTC", channels };
    return (await server.rooms.reach.chooseHour(server.db, [asked]))[0]?.toString();
  };
  // Texts are quiet from nine in the evening until eight in the morning, mails are not.
  expect(["2026-04-07T08:00:00Z", "2026-04-07T09:00:00Z"]).toContain(await ask(12, ["sms"]));
  expect(await ask(8, ["sms"])).toBe(from.toString());
  const either = Temporal.Instant.from((await ask(8, ["sms", "email"])) ?? "");
  expect(Temporal.Instant.compare(either, from.add({ hours: 8 }))).toBeLessThanOrEqual(0);
});

test("REA-7 a message that has just gone out says nothing yet; transactional ones never do", async () => {
  const id = await person(["email"]);
  const now = server.clock.now().toString();
  for (const purpose of ["marketing", "transactional"]) {
    const key = newId(server.clock);
    const at = purpose === "marketing" ? now : server.clock.now().subtract({ hours: 48 }).toString();
    await sql`
      insert into messages.messages (id, dedup_key, lane, channel, purpose, profile_id, status, due_at, created_at, sent_at)
      values (${key}, ${key}, 1, 'email', ${purpose}, ${id}, 'sent', ${at}, ${at}, ${at})`.execute(server.db);
  }
  expect((await view(id)).channels.find(({ channel }) => channel === "email")?.sent).toBe(0);
});
