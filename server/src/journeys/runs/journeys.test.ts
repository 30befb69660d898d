import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { rows, sql } from "../../platform/db.ts";
import { CARTS, closeStage, openStage, type Stage } from "../testing/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => closeStage(stage));
beforeEach(() => {
  stage.office.mail.received.length = 0;
});

const exit = { kind: "exit" };
const segment = { kind: "segment", segment_id: CARTS };
const onEvent = (event: string, more: object = {}) => ({ kind: "event", event, ...more });
const send = (next: string) => ({ kind: "send", template_id: stage.template, next });
const wait = (duration: string, next: string) => ({ kind: "wait", duration, next });
let people = 0;
const person = () => stage.office.addPerson({ email: `p${++people}@example.com` });
const advance = async (duration: string) => {
  stage.office.world.clock.advance(duration);
  await stage.journeys.settle();
};
const messagesOf = async (profileId: string) =>
  (await stage.office.app.inject(`/v1/messages?profile=${profileId}`)).json().items as {
    status: string;
    reason: string | null;
  }[];
/** Why runs ended, as the timeline is told. */
const exitsOf = async (profileId: string) =>
  (await stage.office.events())
    .filter((event) => event.profileId === profileId && event.name === "Journey Exited")
    .map((event) => event.properties.reason);
const archive = (id: string) => stage.app.inject({ method: "POST", url: `/v1/journeys/${id}/archive` });

async function abandonedCart(more: object = {}): Promise<string> {
  return stage.publish({
    entry: segment,
    exit_when_leaves: true,
    goal: { event: "Order Completed" },
    start: "pause",
    nodes: { pause: wait("PT1H", "mail"), mail: send("rest"), rest: wait("P3D", "end"), end: exit },
    ...more,
  });
}

test("JRN-2 a person enters by segment, waits, gets one mail and goes to the end", async () => {
  const id = await abandonedCart();
  const profile = person();
  const news = await stage.batch([], [stage.enters(profile)]);
  expect(news).toMatchObject([{ name: "Journey Entered", profileId: profile, properties: { journey_id: id } }]);
  expect(await stage.view(id)).toMatchObject({ counts: { pause: 1 }, entered: 1, active: 1, converted: 0 });

  await advance("PT59M");
  expect(await messagesOf(profile)).toEqual([]);
  await advance("PT1M");
  await stage.office.messages.sendDue();
  expect(stage.office.mail.received).toHaveLength(1);
  expect(await stage.view(id)).toMatchObject({ counts: { rest: 1 } });

  await advance("PT72H");
  const [run] = await stage.runs(id);
  expect(run).toMatchObject({ status: "ended", exit_reason: "completed", profile_id: profile });
  expect(run?.steps.map((step) => step.note)).toEqual([
    { code: "entered", came: { by: "segment", segment: "Carts" } },
    { code: "waits", duration: "PT1H" },
    { code: "waited" },
    { code: "message_queued" },
    { code: "waits", duration: "P3D" },
    { code: "waited" },
    { code: "ended", reason: "completed" },
  ]);
  const told = (await stage.office.events()).filter((event) => event.profileId === profile).map((event) => event.name);
  expect(told.sort()).toEqual(["Email Sent", "Journey Exited", "Journey Moved"]);
  await archive(id);
});

test("the log of an earlier version, which was written in sentences, can still be read", async () => {
  const id = await abandonedCart();
  await stage.batch([], [stage.enters(person())]);
  const trail = JSON.stringify([["pause", "2026-01-01T10:00:00.000Z", "entered: segment Carts", "entry"]]);
  await rows(stage.office.world.db, sql`update journeys.runs set trail = ${trail}::jsonb where journey_id = ${id}`);
  const [run] = await stage.runs(id);
  expect(run?.steps).toEqual([
    { node: "pause", at: "2026-01-01T10:00:00.000Z", note: { code: "text", text: "entered: segment Carts" } },
  ]);
  await archive(id);
});

test("JRN-3 the goal, on any channel, ends the run and takes back the mail not sent yet", async () => {
  const id = await abandonedCart();
  const profile = person();
  await stage.batch([], [stage.enters(profile)]);
  await advance("PT1H");
  const news = await stage.batch([[profile, stage.event("Order Completed", { channel: "store" })]]);
  expect(news).toMatchObject([{ name: "Journey Exited", properties: { reason: "goal" } }]);
  await stage.office.messages.sendDue();
  expect(stage.office.mail.received).toHaveLength(0);
  expect(await messagesOf(profile)).toMatchObject([{ status: "skipped", reason: "journey_ended" }]);
  expect(await stage.view(id)).toMatchObject({ active: 0, converted: 1, counts: {} });
  await advance("PT96H");
  expect(await messagesOf(profile)).toHaveLength(1);
  await archive(id);
});

test("JRN-3 leaving the segment ends the run; a purchase afterwards is no conversion of it, one after its end is", async () => {
  const id = await abandonedCart({ nodes: { pause: wait("PT1H", "end"), end: exit } });
  const [left, finished] = [person(), person()];
  await stage.batch([], [stage.enters(left), stage.enters(finished)]);
  await stage.batch([], [stage.leaves(left)]);
  await advance("PT1H");
  await stage.batch([
    [left, stage.event("Order Completed")],
    [finished, stage.event("Order Completed")],
  ]);
  const runs = await stage.runs(id);
  expect(runs.find((run) => run.profile_id === left)).toMatchObject({
    exit_reason: "left_segment",
    converted_at: null,
  });
  expect(runs.find((run) => run.profile_id === finished)).toMatchObject({ exit_reason: "completed" });
  expect(runs.find((run) => run.profile_id === finished)?.converted_at).not.toBeNull();
  await archive(id);
});

describe("JRN-4 entering", () => {
  test("history, old news and people on the way begin nothing", async () => {
    const id = await stage.publish({
      entry: onEvent("Signed Up"),
      reentry: { mode: "always" },
      start: "pause",
      nodes: { pause: wait("PT1H", "end"), end: exit },
    });
    const [historical, late, twice] = [person(), person(), person()];
    const old = stage.office.world.clock.now().subtract({ hours: 73 }).toString();
    await stage.batch([
      [historical, stage.event("Signed Up", { historical: true })],
      [late, stage.event("Signed Up", { timestamp: old })],
      [twice, stage.event("Signed Up")],
      [twice, stage.event("Signed Up")],
    ]);
    await stage.batch([[twice, stage.event("Signed Up")]]);
    expect((await stage.runs(id)).map((run) => run.profile_id)).toEqual([twice]);
    await advance("PT1H");
    await stage.batch([[twice, stage.event("Signed Up")]]);
    expect(await stage.runs(id)).toHaveLength(2);
    await archive(id);
  });

  test("historical changes of a segment begin nothing", async () => {
    const id = await abandonedCart();
    expect(await stage.batch([], [stage.enters(person(), { historical: true })])).toEqual([]);
    expect(await stage.runs(id)).toEqual([]);
    await archive(id);
  });

  test("never again, and after a while", async () => {
    const nodes = { end: exit };
    const never = await stage.publish({ entry: onEvent("Visited"), start: "end", nodes });
    const after = await stage.publish({
      entry: onEvent("Visited"),
      reentry: { mode: "after", after: "P1D" },
      start: "end",
      nodes,
    });
    const profile = person();
    for (const hours of ["PT1H", "PT22H", "PT1H", "PT1H"]) {
      await stage.batch([[profile, stage.event("Visited")]]);
      await advance(hours);
    }
    // At 0, 1, 23 and 24 hours: the last is a day after the first.
    expect(await stage.runs(never)).toHaveLength(1);
    expect(await stage.runs(after)).toHaveLength(2);
    await stage.batch([[profile, stage.event("Visited")]]);
    expect(await stage.runs(after)).toHaveLength(2);
    expect(await stage.runs(never)).toHaveLength(1);
    await archive(never);
    await archive(after);
  });

  test("a business key tells runs of one person apart, and each heeds only its own events", async () => {
    const id = await stage.publish({
      entry: onEvent("Order Completed", { key: "order_id" }),
      goal: { event: "Order Delivered" },
      start: "mail",
      nodes: { mail: send("pause"), pause: wait("P7D", "end"), end: exit },
    });
    const profile = person();
    const order = (order_id?: string) => stage.event("Order Completed", { properties: order_id ? { order_id } : {} });
    await stage.batch([
      [profile, order("A")],
      [profile, order("B")],
      [profile, order("A")],
      [profile, order()],
    ]);
    await stage.batch([[profile, stage.event("Order Delivered", { properties: { order_id: "A" } })]]);
    const runs = await stage.runs(id);
    expect(runs.map((run) => [run.business_key, run.exit_reason]).sort()).toEqual([
      ["A", "goal"],
      ["B", null],
    ]);
    await stage.journeys.settle();
    await stage.office.messages.sendDue();
    expect(stage.office.mail.received.map((mail) => mail.subject)).toEqual(["Hi B"]);
    await archive(id);
  });
});

describe("JRN-5 waiting for an event", () => {
  const nodes = () => ({
    wait: {
      kind: "wait_event",
      event: "Email Clicked",
      where: [{ property: "url", op: "is", value: "x" }],
      timeout: "P1D",
      next: "yes",
      on_timeout: "no",
    },
    yes: wait("P30D", "end"),
    no: wait("P30D", "end"),
    end: exit,
  });
  const publish = () => stage.publish({ entry: onEvent("Started"), start: "wait", nodes: nodes() });
  const click = (more: object = {}) => stage.event("Email Clicked", { properties: { url: "x" }, ...more });

  test("the event takes its way, another one does not, the timeout takes the other", async () => {
    const id = await publish();
    const [clicked, other, silent] = [person(), person(), person()];
    await stage.batch([clicked, other, silent].map((profile) => [profile, stage.event("Started")] as const));
    await stage.batch([
      [clicked, click()],
      [other, click({ properties: { url: "y" } })],
    ]);
    await advance("PT24H");
    const at = new Map((await stage.runs(id)).map((run) => [run.profile_id, run.node]));
    expect([clicked, other, silent].map((profile) => at.get(profile))).toEqual(["yes", "no", "no"]);
    await archive(id);
  });

  test("an event at the instant of the timeout takes exactly one path, whoever looks first", async () => {
    const id = await publish();
    const [eventFirst, timerFirst, justBefore] = [person(), person(), person()];
    await stage.batch(
      [eventFirst, timerFirst, justBefore].map((profile) => [profile, stage.event("Started")] as const),
    );
    stage.office.world.clock.advance("PT24H");
    const before = stage.office.world.clock.now().subtract({ milliseconds: 1 }).toString();
    await stage.batch([
      [eventFirst, click()],
      [justBefore, click({ timestamp: before })],
    ]);
    await Promise.all([stage.journeys.settle(), stage.batch([[timerFirst, click()]])]);
    await stage.journeys.settle();
    const at = new Map((await stage.runs(id)).map((run) => [run.profile_id, run.node]));
    expect([eventFirst, timerFirst, justBefore].map((profile) => at.get(profile))).toEqual(["no", "no", "yes"]);
    for (const run of await stage.runs(id)) {
      expect(run.steps.filter((step) => step.note.code === "waits" && step.note.duration === "P30D")).toHaveLength(1);
    }
    await archive(id);
  });

  test("an event of the same batch, after the one that began the run, counts; one from before does not", async () => {
    const id = await publish();
    const [sameBatch, earlier] = [person(), person()];
    const past = stage.office.world.clock.now().subtract({ minutes: 5 }).toString();
    await stage.batch([
      [sameBatch, stage.event("Started")],
      [sameBatch, click()],
      [earlier, stage.event("Started")],
      [earlier, click({ timestamp: past })],
    ]);
    const at = new Map((await stage.runs(id)).map((run) => [run.profile_id, run.node]));
    expect([sameBatch, earlier].map((profile) => at.get(profile))).toEqual(["yes", "wait"]);
    await archive(id);
  });
});

test("JRN-6 a branch takes the first way that holds; a run that cannot be decided holds nobody up", async () => {
  const id = await stage.publish({
    entry: onEvent("Started"),
    start: "split",
    nodes: {
      split: {
        kind: "branch",
        cases: [
          { name: "VIP", condition: { trait: "tier", op: "is", value: "vip" }, next: "vip" },
          { condition: { trait: "city", op: "is", value: "Izmir" }, next: "near" },
        ],
        otherwise: "far",
      },
      vip: wait("P9D", "end"),
      near: wait("P9D", "end"),
      far: wait("P9D", "end"),
      end: exit,
    },
  });
  const [vip, near, far] = [person(), person(), person()];
  stage.holds.add(`${vip} tier`);
  for (const profile of [vip, near]) stage.holds.add(`${profile} city`);
  const broken = await stage.publish({
    entry: onEvent("Started"),
    start: "split",
    nodes: {
      split: { kind: "branch", cases: [{ condition: { trait: "broken" }, next: "end" }], otherwise: "end" },
      end: exit,
    },
  });
  await stage.batch([vip, near, far].map((profile) => [profile, stage.event("Started")] as const));
  await stage.journeys.settle();
  const at = new Map((await stage.runs(id)).map((run) => [run.profile_id, run.node]));
  expect([vip, near, far].map((profile) => at.get(profile))).toEqual(["vip", "near", "far"]);
  expect((await stage.runs(broken)).map((run) => [run.node, run.status])).toEqual(Array(3).fill(["split", "due"]));
  await advance("PT60H");
  expect((await stage.runs(broken)).map((run) => run.exit_reason)).not.toContain("completed");
  for (let failure = 0; failure < 12; failure++) await advance("P2D");
  expect((await stage.runs(broken)).map((run) => run.exit_reason)).toEqual(Array(3).fill("error"));
  expect(await exitsOf(vip)).toContain("error");
  await archive(id);
  await archive(broken);
});

test("JRN-7 many workers at once step each run once and send one mail each", async () => {
  const id = await stage.publish({
    entry: onEvent("Started"),
    start: "mail",
    nodes: { mail: send("pause"), pause: wait("PT1H", "again"), again: send("end"), end: exit },
  });
  const crowd = Array.from({ length: 30 }, person);
  await stage.batch(crowd.map((profile) => [profile, stage.event("Started")] as const));
  const workers = [stage.journeys, ...Array.from({ length: 3 }, () => stage.anotherWorker())];
  await Promise.all(workers.map((worker) => worker.settle()));
  stage.office.world.clock.advance("PT1H");
  await Promise.all(workers.map((worker) => worker.runDue(stage.office.world.clock.now(), 7)));
  await Promise.all(workers.map((worker) => worker.settle()));
  await Promise.all([stage.office.messages.sendDue(), stage.office.anotherWorker().sendDue()]);
  expect(stage.office.mail.received).toHaveLength(60);
  expect(await stage.view(id)).toMatchObject({ active: 0, entered: 30 });
  await archive(id);
}, 120_000);

test("JRN-8 a run keeps the version it began with", async () => {
  const id = await stage.publish({
    entry: onEvent("Started"),
    start: "old",
    nodes: { old: wait("PT1H", "oldEnd"), oldEnd: wait("P9D", "end"), end: exit },
  });
  const first = person();
  await stage.batch([[first, stage.event("Started")]]);
  const graph = { entry: onEvent("Started"), start: "new", nodes: { new: wait("PT1H", "end"), end: exit } };
  const changed = await stage.app.inject({ method: "PUT", url: `/v1/journeys/${id}`, payload: { graph } });
  expect(changed.json()).toMatchObject({ has_changes: true, version: 1 });
  await stage.app.inject({ method: "POST", url: `/v1/journeys/${id}/publish` });
  const second = person();
  await stage.batch([[second, stage.event("Started")]]);
  await advance("PT1H");
  const runs = await stage.runs(id);
  expect(runs.find((run) => run.profile_id === first)).toMatchObject({ version: 1, node: "oldEnd" });
  expect(runs.find((run) => run.profile_id === second)).toMatchObject({ version: 2, exit_reason: "completed" });
  await archive(id);
});

test("JRN-9 a paused journey holds everybody and what waits to be sent; a goal still counts", async () => {
  const id = await abandonedCart();
  const [sending, waiting, buying] = [person(), person(), person()];
  await stage.batch([], [stage.enters(sending)]);
  await advance("PT1H");
  await stage.batch([], [stage.enters(waiting), stage.enters(buying)]);
  await stage.app.inject({ method: "POST", url: `/v1/journeys/${id}/pause` });
  const late = person();
  await stage.batch([[buying, stage.event("Order Completed")]], [stage.enters(late)]);
  await advance("PT48H");
  await stage.office.messages.sendDue();
  expect(stage.office.mail.received).toHaveLength(0);
  expect((await stage.runs(id)).map((run) => [run.profile_id, run.node]).sort()).toEqual(
    [
      [sending, "rest"],
      [waiting, "pause"],
      [buying, "pause"],
    ].sort(),
  );
  // A draft that is half drawn meanwhile keeps nobody from going on as it was.
  const halfDrawn = { entry: segment, start: "a", nodes: { a: { kind: "send", template_id: "", next: "b" }, b: exit } };
  await stage.app.inject({ method: "PUT", url: `/v1/journeys/${id}`, payload: { graph: halfDrawn } });
  const resume = () => stage.app.inject({ method: "POST", url: `/v1/journeys/${id}/resume` });
  expect((await resume()).json()).toMatchObject({ status: "live", version: 1, has_changes: true });
  expect((await resume()).statusCode).toBe(409);
  await stage.journeys.settle();
  await stage.office.messages.sendDue();
  expect(stage.office.mail.received).toHaveLength(2);
  expect(await stage.view(id)).toMatchObject({ version: 1, converted: 1 });
  await archive(id);
});

test("JRN-10 archiving ends every run and takes back what was not sent", async () => {
  const id = await abandonedCart();
  const profile = person();
  await stage.batch([], [stage.enters(profile)]);
  await advance("PT1H");
  expect((await archive(id)).json()).toMatchObject({ status: "archived", active: 0 });
  await stage.office.messages.sendDue();
  expect(await messagesOf(profile)).toMatchObject([{ status: "skipped", reason: "journey_archived" }]);
  expect((await stage.app.inject({ method: "POST", url: `/v1/journeys/${id}/publish` })).statusCode).toBe(409);
  await stage.batch([], [stage.enters(person())]);
  expect(await stage.runs(id)).toHaveLength(1);
});

test("JRN-11 two people who turn out to be one are on the way once, and may not enter again", async () => {
  const id = await abandonedCart();
  const [phone, laptop, whole] = [person(), person(), person()];
  await stage.batch([], [stage.enters(phone)]);
  stage.office.world.clock.advance("PT10M");
  await stage.batch([], [stage.enters(laptop)]);
  await stage.merge([
    { from: phone, into: laptop },
    { from: laptop, into: whole },
  ]);
  const runs = await stage.runs(id);
  expect(runs.map((run) => [run.profile_id, run.exit_reason])).toEqual([
    [whole, "merged"],
    [whole, null],
  ]);
  expect(await exitsOf(laptop)).toEqual(["merged"]);
  await stage.batch([], [stage.enters(whole)]);
  expect(await stage.runs(id)).toHaveLength(2);
  await advance("PT1H");
  await stage.office.messages.sendDue();
  expect(stage.office.mail.received).toHaveLength(1);
  await archive(id);
});

describe("JRN-1 a draft may have mistakes; publishing names them all and refuses it", () => {
  const nothing = "01960000-0000-7000-8000-0000000000ff";
  const create = (graph: object) =>
    stage.app.inject({ method: "POST", url: "/v1/journeys", payload: { name: "Broken", graph } });
  const publish = async (id: string) => {
    const answer = await stage.app.inject({ method: "POST", url: `/v1/journeys/${id}/publish` });
    const paths = (answer.json().errors as { path: string }[] | undefined)?.map(({ path }) => path);
    return { status: answer.statusCode, paths };
  };

  test("what it names does not exist", async () => {
    const made = await create({
      entry: { kind: "segment", segment_id: nothing },
      start: "a",
      nodes: {
        a: { kind: "send", template_id: nothing, next: "b" },
        b: { kind: "branch", cases: [{ condition: {}, next: "c" }], otherwise: "c" },
        c: exit,
      },
    });
    expect(made.statusCode).toBe(201);
    expect(await publish(made.json().id)).toEqual({
      status: 400,
      paths: ["graph.entry.segment_id", "graph.nodes.a.template_id", "graph.nodes.b.cases.0.condition"],
    });
  });

  test("steps that are not filled in are kept as they stand, and named beside what else is wrong", async () => {
    const graph = {
      entry: { kind: "api" },
      start: "a",
      nodes: {
        a: { kind: "send", template_id: "", next: "b" },
        b: { kind: "branch", otherwise: "c" },
        c: { kind: "webhook", url: "", next: "d", on_failure: "d" },
        d: { kind: "list", list_id: nothing, do: "add", next: "e" },
        e: exit,
      },
    };
    const { id } = (await create(graph)).json();
    expect((await stage.app.inject(`/v1/journeys/${id}`)).json().graph.nodes).toEqual(graph.nodes);
    const check = await stage.app.inject({ method: "POST", url: "/v1/journeys/check", payload: { graph } });
    expect(check.json().errors).toMatchObject([
      { path: "graph.nodes.a.template_id", message: "is not filled in yet" },
      { path: "graph.nodes.b.cases" },
      { path: "graph.nodes.c.url", message: "is not filled in yet" },
      { path: "graph.nodes.d.list_id" },
    ]);
    expect((await publish(id)).status).toBe(400);
    expect(await stage.view(id)).toMatchObject({ version: 0 });

    const whole = { entry: { kind: "api" }, start: "e", nodes: { e: exit } };
    await stage.app.inject({ method: "PUT", url: `/v1/journeys/${id}`, payload: { graph: whole } });
    expect((await publish(id)).status).toBe(200);
    await stage.app.inject({ method: "PUT", url: `/v1/journeys/${id}`, payload: { graph } });
    expect((await publish(id)).status, "what is live goes on as it was").toBe(400);
    expect(await stage.view(id)).toMatchObject({ version: 1, status: "live", has_changes: true });
    await archive(id);
  });

  test("what is no drawing at all is not kept", async () => {
    expect((await create({ entry: "when it rains", nodes: [] })).statusCode).toBe(400);
  });
});

test("a journey may come by the same message again; each time is one mail, until the goal", async () => {
  const id = await stage.publish({
    entry: onEvent("Started"),
    goal: { event: "Order Completed", where: [{ property: "kind", op: "is", value: "big" }] },
    start: "pause",
    nodes: { pause: wait("PT1H", "mail"), mail: send("pause") },
  });
  const profile = person();
  await stage.batch([[profile, stage.event("Started")]]);
  for (let hour = 0; hour < 3; hour++) {
    await advance("PT1H");
    await Promise.all([stage.journeys.settle(), stage.anotherWorker().settle()]);
    await stage.office.messages.sendDue();
  }
  expect(stage.office.mail.received).toHaveLength(3);
  await stage.batch([[profile, stage.event("Order Completed", { properties: { kind: "small" } })]]);
  expect(await stage.view(id)).toMatchObject({ active: 1, converted: 0 });
  await stage.batch([[profile, stage.event("Order Completed", { properties: { kind: "big" }, historical: true })]]);
  await advance("PT2H");
  await stage.office.messages.sendDue();
  expect(stage.office.mail.received).toHaveLength(3);
  expect(await stage.view(id)).toMatchObject({ active: 0, converted: 1 });
  await archive(id);
});

test("an event and a timer that meet on the same run leave it on one way", async () => {
  const id = await stage.publish({
    entry: onEvent("Started"),
    reentry: { mode: "always" },
    start: "wait",
    nodes: {
      wait: { kind: "wait_event", event: "Answered", timeout: "PT1H", next: "yes", on_timeout: "no" },
      yes: wait("P1D", "end"),
      no: wait("P1D", "end"),
      end: exit,
    },
  });
  const crowd = Array.from({ length: 40 }, person);
  await stage.batch(crowd.map((profile) => [profile, stage.event("Started")] as const));
  stage.office.world.clock.advance("PT1H");
  const before = stage.office.world.clock.now().subtract({ seconds: 1 }).toString();
  const answers = crowd.map((profile) => [profile, stage.event("Answered", { timestamp: before })] as const);
  await Promise.all([
    stage.journeys.runDue(stage.office.world.clock.now(), 20),
    stage.batch(answers.slice(0, 20)),
    stage.anotherWorker().runDue(stage.office.world.clock.now(), 20),
    stage.batch(answers.slice(20)),
  ]);
  await stage.journeys.settle();
  for (const run of await stage.runs(id, "?limit=100")) {
    const ways = run.steps.filter((step) => step.note.code === "waits" && step.note.duration === "P1D");
    expect(ways.map((step) => step.node)).toEqual([run.node]);
  }
  await archive(id);
});
