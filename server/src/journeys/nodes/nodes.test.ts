import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { evaluateBody } from "../../experiments/contracts.ts";
import { standingOf } from "../../experiments/index.ts";
import { rows, sql } from "../../platform/db.ts";
import { createJourneys } from "../index.ts";
import { closeStage, openStage, type Stage } from "../testing/stage.ts";

const SEGMENT = "01960000-0000-7000-8000-0000000000bb";
const LIST = "01960000-0000-7000-8000-0000000000cc";

let stage: Stage;
let people = 0;
beforeAll(async () => {
  stage = await openStage();
  stage.audiences.set(SEGMENT, []);
  stage.audiences.set(LIST, []);
});
afterAll(() => closeStage(stage));

const exit = { kind: "exit" };
const person = (traits: Record<string, string> = {}, consent?: Parameters<Stage["office"]["addPerson"]>[1]) =>
  stage.office.addPerson({ email: `n${++people}@example.com`, ...traits }, consent);
const wait = (next = "end") => ({ kind: "wait", duration: "P30D", next });
const archive = (id: string) => stage.app.inject({ method: "POST", url: `/v1/journeys/${id}/archive` });
/** A journey that begins with "Begun" and of which only `nodes` matter. */
const journey = (nodes: object, more: object = {}) =>
  stage.publish({
    entry: { kind: "event", event: "Begun" },
    reentry: { mode: "always" },
    start: "a",
    nodes: { ...nodes, end: exit },
    ...more,
  });
async function begin(who: string, properties: Record<string, string> = {}): Promise<void> {
  await stage.batch([[who, stage.event("Begun", { properties })]]);
  await stage.journeys.settle();
}
const runOf = async (id: string, who: string) => (await stage.runs(id)).find((run) => run.profile_id === who);
const set = async (at: string) => {
  stage.office.world.clock.set(Temporal.Instant.from(at));
  await stage.journeys.settle();
};

describe("JRN-12 waiting by the clock on the wall", () => {
  test("until nine on a weekday where the person lives, also over the night in which the clocks go forward", async () => {
    const id = await journey({ a: { kind: "wait_until", at: "09:00", weekdays: [1, 2, 3, 4, 5], next: "end" } });
    // A Saturday; New York changes its clocks in the night to Sunday, Istanbul no more since 2016.
    await set("2026-03-07T15:00:00Z");
    const [newYork, istanbul, nowhere] = [
      person({ timezone: "America/New_York" }),
      person({ timezone: "Europe/Istanbul" }),
      person({ timezone: "Nowhere/Land" }),
    ];
    for (const who of [newYork, istanbul, nowhere]) await begin(who);
    expect((await runOf(id, newYork))?.wake_at).toBe("2026-03-09T13:00:00.000Z");
    expect((await runOf(id, istanbul))?.wake_at).toBe("2026-03-09T06:00:00.000Z");
    expect((await runOf(id, nowhere))?.wake_at).toBe("2026-03-09T06:00:00.000Z");
    await set("2026-03-09T12:59:59.999Z");
    expect((await runOf(id, newYork))?.status).toBe("waiting");
    expect((await runOf(id, istanbul))?.status).toBe("ended");
    await set("2026-03-09T13:00:00Z");
    expect((await runOf(id, newYork))?.status).toBe("ended");
    await archive(id);
  });

  test("until days before a date of the profile or of the event; the other way when there is none or it has passed", async () => {
    const at = { kind: "wait_date", at: "10:00", zone: "Europe/Istanbul", next: "end", otherwise: "none" };
    const byTrait = await journey({
      a: { ...at, of: { trait: "birthday" }, offset: "-P3D", yearly: true },
      none: wait(),
    });
    const born = person({ birthday: "1990-04-20" });
    const leap = person({ birthday: "2000-02-29" });
    const without = person();
    for (const who of [born, leap, without]) await begin(who);
    expect((await runOf(byTrait, born))?.wake_at).toBe("2026-04-17T07:00:00.000Z");
    expect((await runOf(byTrait, leap))?.wake_at).toBe("2027-02-25T07:00:00.000Z");
    expect((await runOf(byTrait, without))?.node).toBe("none");
    await archive(byTrait);

    const byEvent = await journey({ a: { ...at, of: { event: "visit.on" } }, none: wait() });
    const [coming, gone] = [person(), person()];
    await begin(coming, { "visit.on": "2026-03-20" });
    await begin(gone, { "visit.on": "2026-03-01" });
    expect((await runOf(byEvent, coming))?.wake_at).toBe("2026-03-20T07:00:00.000Z");
    expect((await runOf(byEvent, gone))?.node).toBe("none");
    await archive(byEvent);
  });

  test("whoever is worked much too late goes the way for that, and a late message is left out", async () => {
    const id = await journey({
      a: { kind: "wait", duration: "PT1H", late_after: "PT6H", on_late: "late", next: "mail" },
      mail: { kind: "send", template_id: stage.template, skip_after: "PT2H", next: "said" },
      said: wait(),
      late: wait(),
    });
    const [prompt, tardy, late] = [person(), person(), person()];
    const begins = stage.office.world.clock.now();
    await stage.batch([[late, stage.event("Begun")]]);
    stage.office.world.clock.set(begins.add({ hours: 4 }));
    await stage.batch([[tardy, stage.event("Begun")]]);
    stage.office.world.clock.set(begins.add({ hours: 7, minutes: 30 }));
    await stage.batch([[prompt, stage.event("Begun")]]);
    stage.office.world.clock.set(begins.add({ hours: 8, minutes: 30 }));
    await stage.journeys.settle();
    expect((await runOf(id, late))?.node).toBe("late");
    const notes = async (who: string) => (await runOf(id, who))?.steps.map(({ note }) => note);
    expect(await notes(tardy)).toContainEqual({ code: "message_too_late", limit: "PT2H" });
    expect(await notes(prompt)).toContainEqual({ code: "message_queued" });
    await archive(id);
  });
});

test("JRN-13 waiting for a segment: who is in it goes on at once, who comes in goes on then, others time out", async () => {
  const id = await journey({
    a: { kind: "wait_event", segment_id: SEGMENT, timeout: "P1D", next: "yes", on_timeout: "no" },
    yes: wait(),
    no: wait(),
  });
  const [inside, comes, never] = [person(), person(), person()];
  stage.holds.add(`${SEGMENT} ${inside}`);
  for (const who of [inside, comes, never]) await begin(who);
  expect((await runOf(id, inside))?.node).toBe("yes");
  await stage.batch([], [stage.enters(comes, { segmentId: SEGMENT, segmentName: "Good ones" })]);
  expect((await runOf(id, comes))?.node).toBe("yes");
  stage.office.world.clock.advance("PT24H");
  await stage.journeys.settle();
  expect((await runOf(id, never))?.node).toBe("no");
  await archive(id);
});

describe("JRN-14 branches", () => {
  test("by what became of an earlier message, and by what the run carries", async () => {
    const id = await journey({
      a: { kind: "send", template_id: stage.template, next: "pause" },
      pause: { kind: "wait", duration: "PT1H", next: "which" },
      which: {
        kind: "branch",
        cases: [
          { reacted: { node: "a", did: "clicked" }, next: "clicked" },
          { carried: { path: "event.total", op: "gte", value: 100 }, next: "large" },
          { reacted: { node: "a", did: "sent" }, next: "sent" },
        ],
        otherwise: "unsent",
      },
      clicked: wait(),
      large: wait(),
      sent: wait(),
      unsent: wait(),
    });
    const [large, reached] = [person(), person()];
    await begin(large, { total: "150" });
    await begin(reached, { total: "20" });
    await stage.office.messages.sendDue();
    const unreached = person();
    await begin(unreached);
    stage.office.world.clock.advance("PT1H");
    await stage.journeys.settle();
    expect((await runOf(id, large))?.node).toBe("large");
    expect((await runOf(id, reached))?.node).toBe("sent");
    expect((await runOf(id, unreached))?.node).toBe("unsent");
    await archive(id);
  });

  test("chance divides people by the shares, for the same person always alike", async () => {
    const id = await journey({
      a: {
        kind: "split",
        ways: [
          { share: 20, next: "few" },
          { share: 80, next: "many" },
        ],
      },
      few: wait(),
      many: wait(),
    });
    const crowd = Array.from({ length: 300 }, () => person());
    await stage.batch(crowd.map((who) => [who, stage.event("Begun")] as const));
    await stage.journeys.settle();
    const { counts } = await stage.view(id);
    expect(counts.few).toBeGreaterThan(30);
    expect(counts.few).toBeLessThan(95);
    await archive(id);
  });
});

test("JRN-15 an experiment holds some out, counts what each way brought, and settles on a clear winner", async () => {
  const id = await journey(
    {
      a: {
        kind: "experiment",
        variants: [
          { name: "A", share: 50, next: "good" },
          { name: "B", share: 50, next: "bad" },
        ],
        holdout: { share: 10, next: "nothing" },
        winner: { people: 100 },
      },
      good: wait(),
      bad: wait(),
      nothing: wait(),
    },
    { goal: { event: "Bought" } },
  );
  const results = async () => (await stage.app.inject(`/v1/journeys/${id}/results`)).json().experiments[0];
  expect(await results()).toMatchObject({ node: "a", evaluation: { verdict: "too_little", control: "holdout" } });
  const crowd = Array.from({ length: 330 }, () => person());
  await stage.batch(crowd.map((who) => [who, stage.event("Begun")] as const));
  await stage.journeys.settle();
  const runs = (await stage.app.inject(`/v1/journeys/${id}/runs?limit=500`)).json().items;
  const at = (node: string): string[] =>
    runs.filter((run: { node: string }) => run.node === node).map((run: { profile_id: string }) => run.profile_id);
  const [good, bad, nothing] = [at("good"), at("bad"), at("nothing")];
  expect(nothing.length).toBeGreaterThan(10);
  expect(nothing.length).toBeLessThan(70);
  await stage.batch(good.slice(0, 60).map((who) => [who, stage.event("Bought")] as const));
  await stage.batch(bad.slice(0, 5).map((who) => [who, stage.event("Bought")] as const));
  const { ways } = (await stage.app.inject(`/v1/journeys/${id}`)).json();
  expect(ways["a/variants.0.next"]).toEqual({ passed: good.length, converted: 60 });
  expect(ways["a/variants.1.next"]).toEqual({ passed: bad.length, converted: 5 });
  expect(ways["/entry"]).toEqual({ passed: 330, converted: 65 });
  const { evaluation } = await results();
  expect(evaluation.arms).toMatchObject([
    { id: "holdout", people: nothing.length, conversions: 0 },
    { id: "A", people: good.length, conversions: 60 },
    { id: "B", people: bad.length, conversions: 5 },
  ]);
  expect(evaluation.comparisons.map(({ arm }: { arm: string }) => arm)).toEqual(["A", "B"]);
  const later = Array.from({ length: 60 }, () => person());
  await stage.batch(later.map((who) => [who, stage.event("Begun")] as const));
  await stage.journeys.settle();
  const settled = (await stage.app.inject(`/v1/journeys/${id}/runs?limit=500`))
    .json()
    .items.filter((run: { profile_id: string; node: string }) => later.includes(run.profile_id) && run.node === "bad");
  expect(settled).toEqual([]);
  await stage.batch(later.slice(0, 40).map((who) => [who, stage.event("Bought")] as const));
  const after = await results();
  expect(after.settled).toBe("A");
  expect(after.given, "who is given the winner is no part of the split").toBeGreaterThan(40);
  expect(after.evaluation.arms[1]).toMatchObject({ id: "A", people: good.length, conversions: 60 });
  expect(after.evaluation.sample_ratio.p).toBeGreaterThan(0.001);
  await archive(id);
});

test("JRN-15 EXP-2 no winner is declared by itself while the split is not what was asked for", async () => {
  const variants = [
    { name: "A", share: 50, next: "one" },
    { name: "B", share: 50, next: "two" },
  ];
  const nodes = { a: { kind: "experiment", variants, winner: { people: 100 } }, one: wait(), two: wait() };
  const id = await journey(nodes, { goal: { event: "Bought" } });
  const passed = (way: number, people: number, converted: number, drawn: boolean | null = true) =>
    rows(
      stage.office.world.db,
      sql`insert into journeys.flows (journey_id, version, node, way, drawn, passed, converted)
          values (${id}, 1, 'a', ${`variants.${way}.next`}, ${drawn}, ${people}, ${converted})`,
    );
  const results = async () => (await stage.app.inject(`/v1/journeys/${id}/results`)).json().experiments[0];
  // As when one variant loses people on the way to its count: by the rates of those left it is far better.
  await passed(0, 1_000, 400);
  await passed(1, 700, 70);
  expect(await results()).toMatchObject({ settled: null, evaluation: { verdict: "sample_ratio", winner: null } });
  const crowd = Array.from({ length: 60 }, () => person());
  await stage.batch(crowd.map((who) => [who, stage.event("Begun")] as const));
  await stage.journeys.settle();
  const { counts } = await stage.view(id);
  expect(counts.two, "chance goes on deciding").toBeGreaterThan(10);
  // Found and mended: those who were lost are counted after all.
  await passed(1, 300, 30);
  expect(await results()).toMatchObject({ settled: "A", evaluation: { verdict: "winner", winner: "A" } });
  // Of those from before it was kept nobody knows whether they were drawn: they count for the rates, not for the split.
  const { people } = (await results()).evaluation.arms[0];
  await passed(0, 5_000, 2_000, null);
  expect(await results()).toMatchObject({ settled: "A", evaluation: { arms: [{ people: people + 5_000 }, {}] } });
  await archive(id);
});

test("JRN-15 shares changed while live: the split is compared with the shares of its time, earlier draws are left out", async () => {
  const shares = (a: number, b: number) => ({
    a: {
      kind: "experiment",
      variants: [
        { name: "A", share: a, next: "one" },
        { name: "B", share: b, next: "two" },
      ],
    },
    one: wait(),
    two: wait(),
    end: exit,
  });
  const id = await journey(shares(50, 50), { goal: { event: "Bought" } });
  const begins = async (n: number) => {
    const crowd = Array.from({ length: n }, () => person());
    await stage.batch(crowd.map((who) => [who, stage.event("Begun")] as const));
    await stage.journeys.settle();
    return crowd;
  };
  const results = async () => (await stage.app.inject(`/v1/journeys/${id}/results`)).json().experiments[0];
  const peopleIn = (found: { evaluation: { arms: { people: number }[] } }) =>
    found.evaluation.arms.map(({ people }) => people);
  const early = await begins(200);
  const before = peopleIn(await results());

  const { graph } = (await stage.app.inject(`/v1/journeys/${id}`)).json();
  const url = `/v1/journeys/${id}`;
  const payload = { graph: { ...graph, nodes: { ...graph.nodes, ...shares(90, 10) } } };
  await stage.app.inject({ method: "PUT", url, payload });
  await stage.app.inject({ method: "POST", url: `${url}/publish`, payload: { inside: "move" } });
  await stage.journeys.settle();
  expect(await results()).toMatchObject({ left_out: 200, evaluation: { arms: [{ people: 0 }, { people: 0 }] } });

  const late = await begins(200);
  const found = await results();
  const after = peopleIn(found);
  expect(after[0]).toBeGreaterThan(150);
  expect(after.reduce((sum, n) => sum + n, 0)).toBe(200);
  expect(found.evaluation.verdict, "the split is as it was asked for").toBe("too_little");
  expect(found.evaluation.sample_ratio.p).toBeGreaterThan(0.001);
  const pooled = before.map((n, i) => ({ id: `${i}`, people: n + (after[i] ?? 0), conversions: 0 }));
  const asIfNothing = standingOf(
    evaluateBody.parse({ arms: pooled.map((arm, i) => ({ ...arm, weight: [90, 10][i] })) }),
  );
  expect(asIfNothing.verdict, "all of them against the shares of today").toBe("sample_ratio");

  await stage.batch([...early.slice(0, 40), ...late.slice(0, 20)].map((who) => [who, stage.event("Bought")] as const));
  const { evaluation, left_out } = await results();
  expect(left_out).toBe(200);
  const goals = evaluation.arms.reduce((sum: number, arm: { conversions: number }) => sum + arm.conversions, 0);
  expect(goals, "also whoever was moved to the new version belongs to the shares they were drawn by").toBe(20);
  const { ways } = (await stage.app.inject(url)).json();
  expect(ways["a/variants.0.next"].passed + ways["a/variants.1.next"].passed, "the canvas shows all").toBe(400);
  expect(ways["/entry"]).toEqual({ passed: 400, converted: 60 });
  await archive(id);
});

test("JRN-1 variants of one name, or of the name of those held out, are not published", async () => {
  const variants = ["A", "A", "holdout"].map((name) => ({ name, share: 10, next: "end" }));
  const graph = {
    entry: { kind: "api" },
    goal: { event: "Bought" },
    start: "a",
    nodes: { a: { kind: "experiment", variants }, end: exit },
  };
  const made = await stage.app.inject({ method: "POST", url: "/v1/journeys", payload: { name: "Twins", graph } });
  const refused = await stage.app.inject({ method: "POST", url: `/v1/journeys/${made.json().id}/publish` });
  expect(refused.json().errors).toMatchObject([
    { path: "graph.nodes.a.variants.1.name", code: "same_name" },
    { path: "graph.nodes.a.variants.2.name", code: "same_name" },
  ]);
});

test("JRN-16 a trait is told as an event, a list is changed, another journey is entered, once each", async () => {
  const other = await stage.publish({
    entry: { kind: "api" },
    start: "a",
    nodes: { a: wait(), end: exit },
  });
  const id = await journey({
    a: { kind: "update_trait", traits: { tier: "gold", nickname: null }, next: "list" },
    list: { kind: "list", list_id: LIST, do: "add", next: "on" },
    on: { kind: "enter_journey", journey_id: other, next: "end" },
  });
  const who = person();
  await begin(who);
  const told = (await stage.office.events()).filter((event) => event.profileId === who && event.type === "identify");
  expect(told.map(({ traits }) => traits)).toEqual([{ tier: "gold", nickname: null }]);
  expect(stage.audiences.get(LIST)).toEqual([who]);
  expect(await runOf(other, who)).toMatchObject({ node: "a", status: "waiting" });
  expect(await runOf(id, who)).toMatchObject({ exit_reason: "completed" });
  await archive(id);
  await archive(other);
});

describe("JRN-17 calling another system", () => {
  let server: Server;
  let url: string;
  let answer: { status: number; body: string };
  const calls: {
    key: string;
    headers: IncomingHttpHeaders;
    text: string;
    body: { event: object; profile_id: string };
  }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { headers } = request;
        const text = Buffer.concat(chunks).toString();
        calls.push({ key: String(headers["idempotency-key"]), headers, text, body: JSON.parse(text) });
        response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/stock`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const nodes = () => ({
    a: { kind: "webhook", url, save_as: "stock", timeout_s: 60, next: "which", on_failure: "failed" },
    which: {
      kind: "branch",
      cases: [{ carried: { path: "answers.stock.body.left", op: "lte", value: 3 }, next: "few" }],
      otherwise: "many",
    },
    few: wait(),
    many: wait(),
    failed: wait(),
  });

  test("its answer is there for later nodes", async () => {
    answer = { status: 200, body: JSON.stringify({ left: 2 }) };
    const id = await journey(nodes());
    const who = person();
    await begin(who, { sku: "shoe" });
    expect(await runOf(id, who)).toMatchObject({ node: "few" });
    expect(calls.at(-1)?.body).toMatchObject({ event: { sku: "shoe" }, profile_id: who });
    await archive(id);
  });

  test("is signed as Standard Webhooks has it, by a secret that can be changed without a gap", async () => {
    answer = { status: 200, body: "{}" };
    const id = await journey(nodes());
    const rotate = async () => {
      const made = await stage.app.inject({ method: "POST", url: "/v1/journeys/call-secret/rotate" });
      return new Webhook(made.json().secret);
    };
    const isSignedBy = (receiver: Webhook) => {
      const { text, headers } = calls.at(-1) as (typeof calls)[number];
      const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
      const signature = receiver.sign(String(headers["webhook-id"]), at, text);
      return String(headers["webhook-signature"]).split(" ").includes(signature);
    };
    await begin(person());
    expect(calls.at(-1)?.headers["webhook-id"]).toBe(calls.at(-1)?.headers["idempotency-key"]);
    const first = await rotate();
    await begin(person());
    expect(isSignedBy(first)).toBe(true);
    const second = await rotate();
    await begin(person());
    expect([first, second].map(isSignedBy)).toEqual([true, true]);
    stage.office.world.clock.advance("PT24H");
    await begin(person());
    expect([first, second].map(isSignedBy)).toEqual([false, true]);
    await archive(id);
  });

  test("an address inside the house is refused unless it is allowed", async () => {
    const id = await journey({ ...nodes(), a: { ...nodes().a, url: "http://10.1.2.3/stock" } });
    const who = person();
    await begin(who);
    expect(await runOf(id, who)).toMatchObject({ node: "failed" });
    await archive(id);
  });

  test("a failure is tried again under the same key; a refusal, and no answer in time, go the other way", async () => {
    answer = { status: 503, body: "" };
    calls.length = 0;
    const id = await journey(nodes());
    const [patient, refused] = [person(), person()];
    await begin(patient);
    expect(await runOf(id, patient)).toMatchObject({ node: "a", status: "waiting" });
    stage.office.world.clock.advance("PT6S");
    await stage.journeys.settle();
    expect(calls.map(({ key }) => key)).toHaveLength(2);
    expect(new Set(calls.map(({ key }) => key)).size).toBe(1);
    stage.office.world.clock.advance("PT60S");
    await stage.journeys.settle();
    expect(await runOf(id, patient)).toMatchObject({ node: "failed" });
    answer = { status: 404, body: "" };
    await begin(refused);
    expect(await runOf(id, refused)).toMatchObject({ node: "failed" });
    await archive(id);
  });
});

test("JRN-18 the best hour is asked for the channels of the message that follows", async () => {
  const asked: (readonly string[])[] = [];
  const { clock } = stage.office.world;
  const worker = createJourneys({
    ...stage.deps,
    chooseHour: async (_db, people) => {
      asked.push(...people.map(({ channels }) => channels));
      return people.map(() => clock.now().add({ hours: 3 }));
    },
  });
  const id = await journey({
    a: { kind: "best_hour", within: "PT24H", next: "mail" },
    mail: { kind: "send", template_id: stage.template, next: "again" },
    again: { kind: "best_hour", within: "PT24H", next: "rest" },
    rest: wait(),
  });
  const who = person();
  await stage.batch([[who, stage.event("Begun")]]);
  await worker.settle();
  expect((await runOf(id, who))?.wake_at).toBe(clock.now().add({ hours: 3 }).toString({ fractionalSecondDigits: 3 }));
  clock.advance("PT3H");
  await worker.settle();
  expect(asked).toEqual([["email"], []]);
  await archive(id);
});

test("JRN-18 of several channels the one that reaches the person is taken, with the reason", async () => {
  const made = await stage.office.app.inject({
    method: "POST",
    url: "/v1/templates",
    payload: { name: "Other", contents: { en: { subject: "Other", body: "Hello" } } },
  });
  const id = await journey({ a: { kind: "send", best_of: [stage.template, made.json().id], next: "end" } });
  const [granted, silent] = [person(), person({}, {})];
  await begin(granted);
  await begin(silent);
  const notes = async (who: string) => (await runOf(id, who))?.steps.map(({ note }) => note);
  expect(await notes(granted)).toContainEqual({
    code: "message_queued_by_best",
    channel: "email",
    why: { by: "first_with_consent" },
  });
  expect(await notes(silent)).toContainEqual({ code: "no_channel" });
  await archive(id);
});

test("JRN-1 a node of a kind that nothing here can run is refused; a registered one runs", async () => {
  const answer = await stage.app.inject({
    method: "POST",
    url: "/v1/journeys/check",
    payload: {
      graph: { entry: { kind: "api" }, start: "a", nodes: { a: { kind: "loyalty_bonus", points: 5 }, end: exit } },
    },
  });
  expect(answer.json().errors.map(({ path }: { path: string }) => path)).toContain("graph.nodes.a.kind");
  const audience = await stage.app.inject({
    method: "POST",
    url: "/v1/journeys/check",
    payload: {
      graph: {
        entry: { kind: "api" },
        start: "a",
        nodes: { a: { kind: "ad_audience", audience_id: "x", do: "add", next: "end" }, end: exit },
      },
    },
  });
  expect(audience.json().errors).toMatchObject([{ path: "graph.nodes.a.audience_id" }]);
});
