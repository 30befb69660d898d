import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { inTransaction, rows, sql } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { type EventFilter, matchesEvent } from "../../segments/index.ts";
import { experimentKind } from "../experiment-kind.ts";
import { createTemplate } from "../templates/save-template.ts";
import { openPostOffice, type PostOffice } from "../testing/post-office.ts";
import type { BroadcastView } from "./contracts.ts";

let office: PostOffice;
let template: string;
let other: string;
beforeAll(async () => {
  office = await openPostOffice();
  const make = async (subject: string) => {
    const contents = { en: { subject, body: "Hello {{ person.first_name }}" } };
    return (
      await createTemplate(office.deps, {
        name: subject,
        channel: "email",
        purpose: "marketing",
        default_language: "en",
        contents,
      } as Parameters<typeof createTemplate>[1])
    ).id;
  };
  template = await make("One");
  other = await make("Two");
});
afterAll(() => office.close());
beforeEach(() => {
  office.mail.received.length = 0;
});

function addAudience(n: number, traits: (i: number) => Record<string, string> = () => ({})) {
  const segment = newId(office.world.clock);
  const people = Array.from({ length: n }, (_, i) =>
    office.addPerson({ email: `p${segment.slice(-6)}${i}@example.com`, first_name: `P${i}`, ...traits(i) }),
  );
  office.audiences.set(segment, new Set(people));
  return { audience: { segment_id: segment }, segment, people };
}

async function call<T = BroadcastView>(
  method: "GET" | "POST" | "PUT" | "DELETE",
  url: string,
  payload?: object,
  status = 200,
): Promise<T> {
  const response = await office.app.inject({ method, url, ...(payload ? { payload } : {}) });
  expect(response.statusCode, response.body).toBe(status);
  return response.json() as T;
}

const create = (body: object) =>
  call("POST", "/v1/broadcasts", { name: "B", variants: [{ key: "A", template_id: template }], ...body }, 201);
const launch = (id: string) => call("POST", `/v1/broadcasts/${id}/launch`);
const read = (id: string) => call("GET", `/v1/broadcasts/${id}`);

/** Lets feeder and sender work until nothing more happens at this instant. */
async function work(messages = office.messages): Promise<void> {
  for (let i = 0; i < 6; i++) {
    await messages.feedDue();
    await messages.sendDue();
    office.world.clock.advance("PT0.2S");
  }
}

const received = () => office.mail.received.map((mail) => (Array.isArray(mail.to) ? "" : mail.to?.text));

test("BRO-1 everybody in the audience gets one mail, and the progress adds up at every look", async () => {
  const { audience, people } = addAudience(25);
  const { id } = await create({ audience });
  expect((await launch(id)).state).toBe("scheduled");
  await work();
  const done = await read(id);
  expect(done).toMatchObject({ state: "done", audience_name: "Everybody" });
  expect(done.progress).toEqual({ audience: 25, waiting: 0, held_out: 0, queued: 0, sent: 25, skipped: 0, failed: 0 });
  expect(new Set(received()).size).toBe(people.length);
  const events = (await office.events()).filter((event) => event.properties.broadcast_id === id);
  expect(events.map((event) => event.name)).toEqual(Array(25).fill("Email Sent"));
});

test("BRO-1 several nodes that feed and send at once say nothing twice", async () => {
  const { audience } = addAudience(60);
  const { id } = await create({ audience });
  await launch(id);
  await Promise.all([office.messages, office.anotherWorker(), office.anotherWorker()].map((node) => work(node)));
  await work();
  expect(received()).toHaveLength(60);
  expect(new Set(received()).size).toBe(60);
  expect((await read(id)).progress.sent).toBe(60);
});

test("BRO-2 who leaves the segment, unsubscribes or has no address before their turn is skipped with the reason", async () => {
  const { audience, segment, people } = addAudience(5);
  const [leaver = "", unsubscriber = "", nobody = ""] = people;
  const { id } = await create({ audience });
  await launch(id);
  await office.messages.feedDue();
  office.audiences.get(segment)?.delete(leaver);
  office.changeConsent(unsubscriber, { state: "denied", at: "2026-03-02T09:00:00.000Z", source: "t" });
  office.people.delete(nobody);
  await work();
  expect(received()).toHaveLength(2);
  const reasons = await rows(
    office.world.db,
    sql<{ profile_id: string; reason: string }>`
      select profile_id, reason from messages.messages where broadcast_id = ${id} and status = 'skipped'`,
  );
  expect(new Map(reasons.map((row) => [row.profile_id, row.reason]))).toEqual(
    new Map([
      [leaver, "left_audience"],
      [unsubscriber, "consent_denied"],
      [nobody, "no_profile"],
    ]),
  );
  expect((await read(id)).progress).toMatchObject({ sent: 2, skipped: 3, queued: 0 });
});

test("BRO-3 a scheduled one waits for its time; in local time each zone has its own", async () => {
  const { audience } = addAudience(3, (i) => ({
    timezone: ["Asia/Jakarta", "Europe/Istanbul", "America/New_York"][i] ?? "",
  }));
  const { id } = await create({ audience, schedule: { kind: "local", at: "2026-03-10T09:00" } });
  await launch(id);
  await work();
  expect((await read(id)).state).toBe("scheduled");
  const at = async (instant: string) => {
    office.world.clock.advance(office.world.clock.now().until(Temporal.Instant.from(instant)).toString());
    await work();
    return received().length;
  };
  expect(await at("2026-03-10T01:59:00Z")).toBe(0);
  expect(await at("2026-03-10T02:00:00Z")).toBe(1);
  expect(await at("2026-03-10T05:59:00Z")).toBe(1);
  expect(await at("2026-03-10T06:00:00Z")).toBe(2);
  expect(await at("2026-03-10T13:00:00Z")).toBe(3);
  expect((await read(id)).state).toBe("done");
});

test("BRO-6 a throttle holds; a pause stops what is queued too, a resume goes on, nothing is lost or doubled", async () => {
  const { audience } = addAudience(30);
  const { id } = await create({ audience, per_minute: 600 });
  await launch(id);
  await work();
  const first = received().length;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(30);
  await office.messages.feedDue();
  expect((await call("POST", `/v1/broadcasts/${id}/pause`)).state).toBe("paused");
  office.world.clock.advance("PT1H");
  await work();
  expect(received()).toHaveLength(first);
  expect((await call("POST", `/v1/broadcasts/${id}/resume`)).state).toBe("sending");
  for (let i = 0; i < 20; i++) {
    office.world.clock.advance("PT1S");
    await work();
  }
  expect(received()).toHaveLength(30);
  expect(await read(id)).toMatchObject({ state: "done", progress: { sent: 30 } });
});

test("BRO-6 after a cancel everybody stands in one number, also those whose turn had not come", async () => {
  const { audience } = addAudience(40);
  const { id } = await create({ audience, per_minute: 1, holdout: 0.25 });
  await launch(id);
  await office.messages.feedDue();
  const { progress: before } = await read(id);
  expect(before.waiting).toBeGreaterThan(0);
  const { progress } = await call<BroadcastView>("POST", `/v1/broadcasts/${id}/cancel`);
  expect(progress).toMatchObject({ audience: 40, waiting: 0, queued: 0, held_out: before.held_out });
  expect(progress.held_out + progress.sent + progress.skipped + progress.failed).toBe(40);
});

test("BRO-6 a cancelled SMS is told as an SMS, by broadcast and by journey", async () => {
  const { deps, world, messages } = office;
  const contents = { en: { text: "Hello" } };
  const sms = { name: "S", channel: "sms", purpose: "marketing", default_language: "en", contents } as const;
  const { id: templateId } = await createTemplate(deps, sms);
  const { audience, people } = addAudience(1, () => ({ phone: "+905550004455" }));
  const { id } = await create({ audience, variants: [{ key: "A", template_id: templateId }] });
  await launch(id);
  await messages.feedDue();
  await messages.feedDue();
  await call("POST", `/v1/broadcasts/${id}/cancel`);
  const journey = { journeyId: newId(world.clock), runId: newId(world.clock), node: "sms" };
  await inTransaction(world.db, async (tx) => {
    await messages.enqueue(tx, [{ key: "a run", profileId: people[0] ?? "", templateId, journey }]);
    await messages.cancel(tx, [journey.runId], "journey_ended");
  });
  const told = (await office.events()).filter(({ profileId }) => profileId === people[0]);
  expect(told.map(({ name, channel, properties }) => [name, channel, properties.reason])).toEqual([
    ["SMS Skipped", "sms", "broadcast_cancelled"],
    ["SMS Skipped", "sms", "journey_ended"],
  ]);
});

test("BRO-6 a cancel is for good: the rest gets nothing, and each timeline says why", async () => {
  const { audience } = addAudience(20);
  const { id } = await create({ audience });
  await launch(id);
  await office.messages.feedDue();
  const cancelled = await call("POST", `/v1/broadcasts/${id}/cancel`);
  expect(cancelled).toMatchObject({ state: "cancelled", progress: { audience: 20, sent: 0, skipped: 20, queued: 0 } });
  await work();
  expect(received()).toHaveLength(0);
  const told = (await office.events()).filter((event) => event.properties.broadcast_id === id);
  expect(told.map((event) => [event.name, event.properties.reason])).toEqual(
    Array(20).fill(["Email Skipped", "broadcast_cancelled"]),
  );
  await call("POST", `/v1/broadcasts/${id}/resume`, undefined, 409);
});

test("BRO-5 the winner of the test takes the rest; those held out get nothing", async () => {
  const { audience } = addAudience(120);
  const winner = { test_share: 0.5, measure: "clicked", after: "PT4H" };
  const variants = [
    { key: "A", template_id: template },
    { key: "B", template_id: other },
  ];
  const { id } = await create({ audience, variants, winner, holdout: 0.1 });
  await launch(id);
  await work();
  const testing = await read(id);
  expect(testing.state).toBe("testing");
  const left = Date.parse(testing.decides_at ?? "") - office.world.clock.now().epochMilliseconds;
  expect(Math.round(left / 60_000)).toBe(4 * 60);
  const { sent, held_out, waiting } = testing.progress;
  expect(sent + held_out + waiting).toBe(120);
  expect(waiting).toBeGreaterThan(0);
  await sql`
    update messages.messages set clicked_at = sent_at where id in (
      select id from messages.messages where broadcast_id = ${id} and variant = 'B' limit 5)`.execute(office.world.db);
  office.world.clock.advance("PT3H");
  await work();
  expect((await read(id)).state).toBe("testing");
  office.mail.received.length = 0;
  office.world.clock.advance("PT1H");
  await work();
  expect(await read(id)).toMatchObject({ state: "done", winner: "B", winner_reason: "time" });
  expect(office.mail.received.map((mail) => mail.subject)).toEqual(Array(waiting).fill("Two"));
  expect((await read(id)).progress).toMatchObject({ sent: sent + waiting, held_out, waiting: 0 });
});

test.each([
  ["queued both", undefined],
  ["one of them queued", 60],
])("BRO-1 two people who become one before their turn get one message (%s)", async (_when, per_minute) => {
  const { audience, people } = addAudience(3);
  const { id } = await create({ audience, ...(per_minute === undefined ? {} : { per_minute }) });
  await launch(id);
  await office.messages.feedDue();
  const queued = await rows(
    office.world.db,
    sql<{ profile_id: string }>`select profile_id from messages.messages where broadcast_id = ${id}`,
  );
  const from = queued[0]?.profile_id ?? "";
  const into = people.find((person) => person !== from) ?? "";
  await inTransaction(office.world.db, (tx) => office.messages.onMerge(tx, [{ from, into }] as never));
  for (let i = 0; i < 5; i++) {
    office.world.clock.advance("PT1S");
    await work();
  }
  expect(received()).toHaveLength(2);
  expect(new Set(received()).size).toBe(2);
  expect((await read(id)).state).toBe("done");
});

test("a draft can be changed and removed, a launched one cannot; what does not exist is refused", async () => {
  const { audience } = addAudience(1);
  const { id } = await create({ audience });
  const body = { name: "New", audience, variants: [{ key: "A", template_id: other }] };
  expect(await call("PUT", `/v1/broadcasts/${id}`, body)).toMatchObject({ name: "New" });
  await call("POST", "/v1/broadcasts", { ...body, audience: { list_id: template } }, 404);
  await call("POST", "/v1/broadcasts", { ...body, variants: [{ key: "A", template_id: id }] }, 404);
  const preview = await call<{ size: number; sample: { name: string }[] }>("POST", "/v1/broadcasts/audience", {
    audience,
  });
  expect(preview).toMatchObject({ size: 1, sample: [{ name: "P0" }] });
  await launch(id);
  await call("PUT", `/v1/broadcasts/${id}`, body, 409);
  await call("DELETE", `/v1/broadcasts/${id}`, undefined, 409);
  await call("POST", `/v1/broadcasts/${id}/cancel`);
  const draft = await create({ audience });
  await call("DELETE", `/v1/broadcasts/${draft.id}`);
  await call("GET", `/v1/broadcasts/${draft.id}`, undefined, 404);
  const page = await call<{ items: BroadcastView[] }>("GET", "/v1/broadcasts?state=cancelled");
  expect(page.items[0]?.id).toBe(id);
});

test("SEG-21 a segment can ask who was sent which variant", async () => {
  const { audience, people } = addAudience(30);
  const variants = [
    { key: "A", template_id: template },
    { key: "B", template_id: other },
  ];
  const { id } = await create({ audience, variants });
  await launch(id);
  await work();
  const meaningOf = await experimentKind.meaning(office.world.db);
  const gotBy = async (arm?: string) => {
    const meaning = meaningOf({ in_experiment: { broadcast: id, arm } });
    if (!("any" in meaning)) throw new Error(JSON.stringify(meaning));
    const filters = meaning.any as EventFilter[];
    const events = (await office.events()).map((event) => ({ ...event, at: 0 }));
    return events.filter((event) => filters.some((filter) => matchesEvent(filter, event))).map((one) => one.profileId);
  };
  const [a, b] = [await gotBy("A"), await gotBy("B")];
  expect(a.length).toBeGreaterThan(0);
  expect(b.length).toBeGreaterThan(0);
  expect([...a, ...b].sort()).toEqual([...people].sort());
  expect((await gotBy()).sort()).toEqual([...people].sort());
  expect(meaningOf({ in_experiment: { broadcast: id, arm: "C" } })).toEqual({
    problem: "the broadcast has no such variant",
  });
});
