import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from "vitest";

import { PUBLIC_URL } from "../../messages/testing/post-office.ts";
import { VirtualClock } from "../../platform/clock.ts";
import { inTransaction, one, rows, sql } from "../../platform/db.ts";
import { createJourneys } from "../index.ts";
import type { LoneWorker } from "../testing/lone-worker.ts";
import { closeStage, openStage, type Stage } from "../testing/stage.ts";

const PATIENCE = { timeout: 60_000, interval: 20 };
let stage: Stage;
let people = 0;
const workers = new Set<ChildProcess>();
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => closeStage(stage));
beforeEach(() => {
  stage.office.mail.received.length = 0;
  stage.office.mail.onMail = async () => {};
});
afterEach(async () => {
  await Promise.all([...workers].map(kill));
});

const wait = (duration: string, next: string) => ({ kind: "wait", duration, next });
const send = (next: string) => ({ kind: "send", template_id: stage.template, next });
const crowd = (size: number) =>
  Array.from({ length: size }, () => stage.office.addPerson({ email: `s${++people}@example.com` }));
const begin = (who: readonly string[]) => stage.batch(who.map((id) => [id, stage.event("Started")] as const));
const publish = (start: string, nodes: object) =>
  stage.publish({ entry: { kind: "event", event: "Started" }, start, nodes: { ...nodes, end: { kind: "exit" } } });
const archive = (id: string) => stage.app.inject({ method: "POST", url: `/v1/journeys/${id}/archive` });

async function startWorker(more: Partial<LoneWorker> = {}): Promise<ChildProcess> {
  const { database } = stage.office.world.pool.options;
  const given: LoneWorker = {
    database: { ...inject("postgres"), ...(database ? { database } : {}), max: 4 },
    now: stage.office.world.clock.now().toString(),
    smtpUrl: stage.office.mail.url,
    publicUrl: PUBLIC_URL,
    people: [],
    isStuck: false,
    isSending: false,
    ...more,
  };
  const script = new URL("../testing/lone-worker.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, JSON.stringify(given)], { stdio: ["pipe", "pipe", "inherit"] });
  workers.add(child);
  await once(child.stdout as NonNullable<typeof child.stdout>, "data");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  workers.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

/** How many of a journey's runs are where. */
async function standing(id: string): Promise<Record<string, number>> {
  const found = await rows(
    stage.office.world.db,
    sql<{ node: string; n: number }>`
      select node, count(*)::int as n from journeys.runs where journey_id = ${id} group by node`,
  );
  return Object.fromEntries(found.map(({ node, n }) => [node, n]));
}

const trails = async (id: string) =>
  (
    await rows(
      stage.office.world.db,
      sql<{ trail: [string, string, { code: string }][] }>`select trail from journeys.runs where journey_id = ${id}`,
    )
  ).map(({ trail }) => trail.map(([node, , note]) => `${node}: ${note.code}`));

const countMessages = async (id: string) =>
  (
    await one(
      stage.office.world.db,
      sql<{ n: number }>`select count(*)::int as n from messages.messages where journey_id = ${id}`,
    )
  )?.n;

const decided = { kind: "branch", cases: [{ condition: { trait: "tier" }, next: "rest" }], otherwise: "rest" };

test("JRN-7 kill -9 in the middle of a step: nothing of it has happened, and another worker takes it", async () => {
  const id = await publish("mail", { mail: send("which"), which: decided, rest: wait("P9D", "end") });
  await begin(crowd(15));
  const stuck = await startWorker({ isStuck: true });
  await vi.waitFor(async () => expect(await lockedRuns()).toBeGreaterThan(0), PATIENCE);
  await stage.journeys.settle();
  expect(await standing(id), "those in its hands are nobody else's").toEqual({ mail: 15 });
  expect(await countMessages(id)).toBe(0);
  await kill(stuck);
  await vi.waitFor(async () => expect(await lockedRuns()).toBe(0), PATIENCE);
  await stage.journeys.settle();
  expect(await standing(id)).toEqual({ rest: 15 });
  await stage.office.messages.sendDue();
  expect(new Set(stage.office.mail.received.map(({ messageId }) => messageId)).size).toBe(15);
  expect(stage.office.mail.received).toHaveLength(15);
  await archive(id);
});

test("JRN-7 three processes step the same runs, each once; one is killed with some in hand, the others take them", async () => {
  const id = await publish("which", {
    which: { ...decided, otherwise: "told" },
    told: { kind: "update_trait", traits: { told: true }, next: "rest" },
    rest: wait("P9D", "end"),
  });
  await begin(crowd(400));
  const stuck = await startWorker({ isStuck: true });
  await vi.waitFor(async () => expect(await lockedRuns()).toBeGreaterThan(0), PATIENCE);
  await Promise.all([startWorker(), startWorker()]);
  await vi.waitFor(async () => expect(await standing(id)).toEqual({ which: 20, rest: 380 }), PATIENCE);
  await kill(stuck);
  await vi.waitFor(async () => expect(await standing(id)).toEqual({ rest: 400 }), PATIENCE);
  for (const trail of await trails(id)) {
    expect(trail).toEqual(["which: entered", "which: took_otherwise", "told: set_traits", "rest: waits"]);
  }
  const told = (await stage.office.events()).filter(
    ({ name, properties }) => name === "Identify" || properties.journey_id === id,
  );
  expect(new Set(told.map(({ messageId }) => messageId)).size).toBe(told.length);
  expect(told.filter(({ name }) => name === "Identify")).toHaveLength(400);
  expect(await stage.view(id)).toMatchObject({
    ways: { "told/next": { passed: 400 }, "which/otherwise": { passed: 400 } },
  });
  await archive(id);
}, 180_000);

test("JRN-2 killed again and again while it steps and sends: nobody is left out, and no mail is doubled but what was just taken", async () => {
  const size = 60;
  const id = await publish("first", { first: send("pause"), pause: wait("PT1M", "second"), second: send("end") });
  const all = crowd(size);
  await begin(all);
  const profiles = all.flatMap((who) => stage.office.people.get(who) ?? []);
  const kills = 4;
  for (let n = 1; n <= kills; n++) {
    const reached = new Promise<void>((resolve) => {
      stage.office.mail.onMail = async () => {
        if (stage.office.mail.received.length >= n * 12) resolve();
      };
    });
    const child = await startWorker({ isSending: true, people: profiles });
    await reached;
    await kill(child);
    // What it had in hand is another's when its lease is over.
    stage.office.world.clock.advance("PT5M");
  }
  stage.office.mail.onMail = async () => {};
  for (const minutes of [0, 5]) {
    stage.office.world.clock.advance({ minutes });
    await stage.journeys.settle();
    await stage.office.messages.sendDue();
  }
  const got = stage.office.mail.received.map(({ messageId, to }) => `${messageId} ${[to].flat()[0]?.text}`);
  expect(new Set(got).size, "two mails for each, the same Message-ID whenever one came twice").toBe(size * 2);
  expect(got.length - size * 2).toBeLessThanOrEqual(kills * 16);
  expect(await countMessages(id)).toBe(size * 2);
  expect(await stage.view(id)).toMatchObject({ active: 0, entered: size });
  for (const trail of await trails(id)) {
    expect(trail.filter((line) => line.endsWith(": message_queued"))).toHaveLength(2);
  }
  await archive(id);
}, 180_000);

test("JRN-5 what is waited for comes in the very instant of the timeout, in another process: exactly one path", async () => {
  const size = 300;
  const id = await publish("listens", {
    listens: { kind: "wait_event", event: "Answered", timeout: "PT1H", next: "yes", on_timeout: "no" },
    yes: wait("P9D", "end"),
    no: wait("P9D", "end"),
  });
  const all = crowd(size);
  await begin(all);
  stage.office.world.clock.advance("PT1H");
  const instant = stage.office.world.clock.now();
  const before = instant.subtract({ milliseconds: 1 });
  const isTooLate = (index: number) => index % 2 === 0;
  await Promise.all([startWorker(), startWorker()]);
  for (let from = 0; from < size; from += 20) {
    await stage.batch(
      all.slice(from, from + 20).map((who, index) => {
        const timestamp = (isTooLate(index) ? instant : before).toString();
        return [who, stage.event("Answered", { timestamp })] as const;
      }),
    );
  }
  await vi.waitFor(async () => expect((await standing(id)).listens).toBeUndefined(), PATIENCE);
  const { yes = 0, no = 0 } = await standing(id);
  expect(yes + no).toBe(size);
  for (const trail of await trails(id)) expect(trail.filter((line) => /^(yes|no): waits$/.test(line))).toHaveLength(1);
  for (const run of await stage.runs(id, "?limit=500")) {
    if (isTooLate(all.indexOf(run.profile_id) % 20)) expect(run.node).toBe("no");
  }
  expect(await stage.view(id)).toMatchObject({ ways: { "listens/on_timeout": { passed: no } } });
  await archive(id);
}, 120_000);

test("JRN-7 a clock that is set back by a day lets nobody go a step twice, early or never; set forward by days, each goes on once", async () => {
  const id = await publish("pause", {
    pause: wait("PT1H", "mail"),
    mail: send("rest"),
    rest: { ...wait("P1D", "prompt"), late_after: "PT6H", on_late: "late" },
    prompt: wait("P9D", "end"),
    late: wait("P9D", "end"),
  });
  const { clock, db } = stage.office.world;
  const [first, second] = [crowd(20), crowd(5)];
  await begin(first);
  clock.advance("PT1H");
  await stage.journeys.settle();
  await stage.office.messages.sendDue();
  const back = createJourneys({ ...stage.deps, clock: new VirtualClock(clock.now().subtract({ hours: 24 })) });
  await inTransaction(db, (tx) => {
    const events = second.map((profileId) => ({ profileId, event: stage.event("Started") }));
    const now = clock.now().subtract({ hours: 24 });
    return back.onBatch(tx, { now, events, profiles: new Map(), changed: new Map(), merges: [] }, []);
  });
  await back.settle();
  expect(await standing(id)).toEqual({ rest: 20, pause: 5 });
  expect(await countMessages(id)).toBe(20);

  clock.advance("P4D");
  await Promise.all([stage.journeys.settle(), stage.anotherWorker().settle()]);
  await stage.office.messages.sendDue();
  expect(await standing(id)).toEqual({ late: 20, rest: 5 });
  expect(stage.office.mail.received).toHaveLength(25);
  await archive(id);
});

test("JRN-7 a storm of people in one journey delays nobody who was triggered in another", async () => {
  const storm = await publish("pause", { pause: wait("PT1H", "rest"), rest: wait("P9D", "end") });
  await begin(crowd(1_500));
  stage.office.world.clock.advance("PT1H");
  const triggered = await stage.publish({
    entry: { kind: "event", event: "Asked" },
    start: "mail",
    nodes: { mail: send("end"), end: { kind: "exit" } },
  });
  await stage.batch(crowd(5).map((who) => [who, stage.event("Asked")] as const));
  await stage.journeys.runDue(stage.office.world.clock.now(), 100);
  await stage.office.messages.sendDue();
  expect(stage.office.mail.received).toHaveLength(5);
  expect(await standing(storm), "the storm has just begun").toEqual({ pause: 1_405, rest: 95 });
  await stage.journeys.runDue(stage.office.world.clock.now(), 100);
  expect(await standing(storm), "nobody else needs a part of it").toEqual({ pause: 1_305, rest: 195 });
  await archive(storm);
  await archive(triggered);
});

/** Runs that a transaction has in hand just now. */
async function lockedRuns(): Promise<number> {
  const { all, free } = (await one(
    stage.office.world.db,
    sql<{ all: number; free: number }>`
      select (select count(*)::int from journeys.runs where exited_at is null) as all,
        (select count(*)::int from (select from journeys.runs where exited_at is null for update skip locked) as f) as free`,
  )) ?? { all: 0, free: 0 };
  return all - free;
}
