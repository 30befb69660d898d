import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isHeldOut } from "../../experiments/index.ts";
import { saveHoldout } from "../../experiments/queries/holdout.pg.ts";
import { inTransaction } from "../../platform/db.ts";
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

const nodes = { a: { kind: "wait", duration: "PT1H", next: "end" }, end: { kind: "exit" } };
const person = (traits: Record<string, string> = {}) =>
  stage.office.addPerson({ email: `i${++people}@example.com`, ...traits });
const post = (url: string, payload: object = {}) => stage.app.inject({ method: "POST", url, payload });
const archive = (id: string) => post(`/v1/journeys/${id}/archive`);
const set = async (at: string) => {
  stage.office.world.clock.set(Temporal.Instant.from(at));
  await stage.journeys.settle();
};
const intakes = async (id: string) => (await stage.app.inject(`/v1/journeys/${id}/intakes`)).json().items;

describe("JRN-19 by a schedule", () => {
  test("each time its audience of that moment enters; a time missed is made up for once", async () => {
    const crowd = Array.from({ length: 2_300 }, () => person());
    stage.audiences.set(SEGMENT, crowd);
    await set("2026-05-01T00:00:00Z");
    const id = await stage.publish({
      entry: {
        kind: "schedule",
        starts: "2026-05-04T09:00",
        zone: "Europe/Istanbul",
        rrule: "FREQ=WEEKLY;BYDAY=MO,TH",
        audience: { segment_id: SEGMENT },
      },
      reentry: { mode: "always" },
      start: "a",
      nodes,
    });
    expect(await stage.journeys.nextDue()).toBe("2026-05-04T06:00:00.000Z");
    await set("2026-05-04T05:59:59Z");
    expect((await stage.view(id)).entered).toBe(0);
    await set("2026-05-04T06:00:00Z");
    expect(await stage.view(id)).toMatchObject({ entered: 2_300, active: 2_300 });
    expect(await intakes(id)).toMatchObject([{ looked: 2_300, entered: 2_300, status: "done" }]);
    stage.audiences.set(SEGMENT, crowd.slice(0, 2));
    // Nobody looked for two weeks: four occurrences are one.
    await set("2026-05-18T06:00:01Z");
    expect((await stage.view(id)).entered).toBe(2_302);
    expect(await stage.journeys.nextDue()).toBe("2026-05-18T07:00:01.000Z");
    await archive(id);
  });

  test("a rule that says nothing is refused", async () => {
    const entry = { kind: "schedule", starts: "2026-06-01T09:00", zone: "UTC", audience: { segment_id: SEGMENT } };
    for (const rrule of ["FREQ=SOMETIMES", "FREQ=MINUTELY"]) {
      const answer = await post("/v1/journeys/check", { graph: { entry: { ...entry, rrule }, start: "a", nodes } });
      expect(answer.json().errors).toMatchObject([{ path: "graph.entry.rrule" }]);
    }
  });

  test("killed in the middle of a crowd it goes on behind the last part; cancelled it lets nobody else in", async () => {
    stage.audiences.set(
      SEGMENT,
      Array.from({ length: 3_000 }, () => person()),
    );
    const id = await stage.publish({
      entry: { kind: "schedule", starts: "2026-07-01T09:00", zone: "UTC", audience: { segment_id: SEGMENT } },
      start: "a",
      nodes,
    });
    stage.office.world.clock.set(Temporal.Instant.from("2026-07-01T09:00:00Z"));
    const { db } = stage.office.world;
    const { runIntake } = await import("./run-intakes.ts");
    const { LiveJourneys } = await import("../runs/live-journeys.ts");
    const { kindsWith } = await import("../nodes/kinds.ts");
    const told = { touched: new Set<string>(), isDue: false };
    const deps = { ...stage.deps, db, outbound: { send: () => Promise.reject(new Error("not here")) } };
    const live = new LiveJourneys(kindsWith(), deps.messages.purposesOf);
    await runIntake(deps, live, told);
    await runIntake(deps, live, told);
    expect((await stage.view(id)).entered).toBe(1_000);
    const [intake] = await intakes(id);
    expect(intake).toMatchObject({ status: "running", looked: 1_000 });
    await runIntake(deps, new LiveJourneys(kindsWith(), deps.messages.purposesOf), told);
    await post(`/v1/journeys/${id}/intakes/${intake.id}/cancel`);
    await stage.journeys.settle();
    expect((await stage.view(id)).entered).toBe(2_000);
    await archive(id);
  });
});

describe("JRN-20 by a date of the profile", () => {
  test("each year at the hour where the person lives; 29 February as the journey says", async () => {
    await set("2027-02-26T00:00:00Z");
    const id = await stage.publish({
      entry: { kind: "date", trait: "birthday", at: "09:00", feb29: "mar1" },
      reentry: { mode: "always" },
      start: "a",
      nodes,
    });
    const leap = person({ birthday: "2000-02-29", timezone: "Europe/Istanbul" });
    const march = person({ birthday: "1985-03-01", timezone: "Pacific/Auckland" });
    const other = person({ birthday: "1985-03-02" });
    await set("2027-03-01T05:59:59Z");
    const notes = async () =>
      (await stage.runs(id)).filter(({ steps }) => steps.length > 1).map((run) => run.profile_id);
    expect(await notes()).toEqual([march]);
    await set("2027-03-01T06:00:00Z");
    expect((await notes()).sort()).toEqual([leap, march].sort());
    await set("2027-03-01T23:00:00Z");
    expect((await notes()).includes(other)).toBe(false);
    await set("2027-03-02T06:00:00Z");
    expect((await notes()).includes(other)).toBe(true);
    for (let hours = 0; hours < 48; hours += 6) {
      stage.office.world.clock.advance("PT6H");
      await stage.journeys.settle();
    }
    expect(await stage.runs(id)).toHaveLength(3);
    await archive(id);
  });
});

test("JRN-21 by a list: who is on it, and who is put on it later", async () => {
  const [there, comes] = [person(), person()];
  stage.audiences.set(LIST, [there]);
  const id = await stage.publish({ entry: { kind: "list", list_id: LIST }, start: "a", nodes });
  await stage.journeys.settle();
  await inTransaction(stage.office.world.db, (tx) => stage.journeys.onListed(tx, LIST, [comes]));
  expect((await stage.runs(id)).map((run) => run.profile_id).sort()).toEqual([there, comes].sort());
  await archive(id);
});

test("JRN-22 by the API: each by name, those under way and unknown are told", async () => {
  const id = await stage.publish({ entry: { kind: "api" }, start: "a", nodes });
  const who = person();
  const answer = await post(`/v1/journeys/${id}/enter`, { profiles: [who, "user_id:nobody"], data: { code: "X" } });
  expect(answer.json().items).toEqual([
    { profile: who, entered: true },
    { profile: "user_id:nobody", entered: false },
  ]);
  const again = await post(`/v1/journeys/${id}/enter`, { profiles: [who] });
  expect(again.json().items).toEqual([{ profile: who, entered: false }]);
  await post(`/v1/journeys/${id}/pause`);
  expect((await post(`/v1/journeys/${id}/enter`, { profiles: [who] })).json().type).toContain("journey_not_entered");
  await archive(id);
});

test("JRN-23 leaving a segment may begin a journey; some of those who enter are only watched", async () => {
  stage.audiences.set(SEGMENT, []);
  const id = await stage.publish({
    entry: { kind: "segment", segment_id: SEGMENT, on: "exit" },
    holdout: 50,
    goal: { event: "Order Completed", within: "P2D" },
    start: "a",
    nodes,
  });
  const crowd = Array.from({ length: 100 }, () => person());
  const change = (kind: "entered" | "exited") => (profileId: string) => ({
    ...stage.enters(profileId, { segmentId: SEGMENT, segmentName: "Some" }),
    kind,
  });
  await stage.batch([], crowd.map(change("entered")));
  expect((await stage.view(id)).entered).toBe(0);
  await stage.batch([], crowd.map(change("exited")));
  const { entered, active, exits } = (await stage.app.inject(`/v1/journeys/${id}`)).json();
  expect(entered).toBe(100);
  expect(active + exits.holdout).toBe(100);
  expect(exits.holdout).toBeGreaterThan(25);
  expect(exits.holdout).toBeLessThan(75);

  // Who buys within the goal's time after coming in counts on either side; who buys later does not.
  const runs = (await stage.runs(id, "?limit=100")).map((run) => ({
    who: run.profile_id,
    isHeld: run.status === "ended",
  }));
  const [held, through] = [runs.filter(({ isHeld }) => isHeld), runs.filter(({ isHeld }) => !isHeld)];
  const buys = (some: typeof runs) =>
    stage.batch(some.map(({ who }) => [who, stage.event("Order Completed")] as const));
  await buys([...held.slice(0, 3), ...through.slice(0, 7)]);
  stage.office.world.clock.advance("PT49H");
  await buys([...held.slice(3, 5), ...through.slice(7, 9)]);
  const { holdout } = (await stage.app.inject(`/v1/journeys/${id}/results`)).json();
  expect(holdout).toMatchObject({
    control: "holdout",
    verdict: "too_little",
    arms: [
      { id: "holdout", people: held.length, conversions: 3 },
      { id: "journey", people: through.length, conversions: 7 },
    ],
  });
  await archive(id);
});

test("JRN-26 whoever is held out of all marketing is kept out of journeys that say nothing else, with the reason", async () => {
  const { db, clock } = stage.office.world;
  const holdOut = (share: number) => saveHoldout(db, { share, since: clock.now().toString(), changed_by: "test" });
  await holdOut(0.5);
  const owed = await stage.office.app.inject({
    method: "POST",
    url: "/v1/templates",
    payload: { name: "Receipt", purpose: "transactional", contents: { en: { subject: "Yours", body: "Thanks" } } },
  });
  const says = (...templates: string[]) =>
    stage.publish({
      entry: { kind: "event", event: "Offered" },
      goal: { event: "Order Completed" },
      start: "a",
      nodes: {
        a: { kind: "wait", duration: "P1D", next: templates.length > 0 ? "m0" : "end" },
        ...Object.fromEntries(
          templates.map((template_id, i) => {
            return [`m${i}`, { kind: "send", template_id, next: i + 1 < templates.length ? `m${i + 1}` : "end" }];
          }),
        ),
        end: { kind: "exit" },
      },
    });
  const [marketing, mixed, silent] = [
    await says(stage.template),
    await says(stage.template, owed.json().id),
    await says(),
  ];
  const crowd = Array.from({ length: 40 }, () => person());
  const held = crowd.filter((id) => isHeldOut("global", id, 0.5));
  const offer = () => stage.batch(crowd.map((id) => [id, stage.event("Offered")] as const));
  const news = await offer();

  const standing = async (id: string) => (await stage.app.inject(`/v1/journeys/${id}`)).json();
  const inside = crowd.length - held.length;
  expect(await standing(marketing)).toMatchObject({
    entered: inside,
    active: inside,
    exits: { global_holdout: held.length },
    ways: { "/entry": { passed: inside } },
  });
  for (const id of [mixed, silent]) expect(await standing(id)).toMatchObject({ entered: 40, active: 40 });
  const told = (name: string) =>
    news.filter((event) => event.name === name && event.properties.journey_id === marketing).map((e) => e.profileId);
  expect(told("Journey Entered").sort()).toEqual(crowd.filter((id) => !held.includes(id)).sort());
  expect(told("Journey Kept Out").sort()).toEqual(held.toSorted());
  expect(told("Journey Exited")).toEqual([]);

  const [one = "", other = ""] = held;
  await stage.batch([[one, stage.event("Order Completed")]]);
  expect((await stage.runs(marketing, `?profile=${one}`))[0]).toMatchObject({ exit_reason: "global_holdout" });
  expect((await stage.runs(marketing, `?profile=${one}`))[0]?.converted_at).not.toBeNull();
  expect(await standing(marketing)).toMatchObject({ converted: 0 });

  await offer();
  expect(await stage.runs(marketing, `?profile=${other}`), "kept out once, as often as one may enter").toHaveLength(1);
  expect((await post(`/v1/journeys/${marketing}/enter`, { profiles: [other] })).json().items).toEqual([
    { profile: other, entered: false },
  ]);
  await holdOut(0);
  await offer();
  expect((await stage.runs(marketing, `?profile=${other}`)).map((run) => run.status)).toEqual(["waiting", "ended"]);
  for (const id of [marketing, mixed, silent]) await archive(id);
});

test("JRN-8 publishing anew: those inside finish, move, or leave, as was asked", async () => {
  const entry = { kind: "event", event: "Begun" };
  const old = { a: { kind: "wait", duration: "PT1H", next: "gone" }, gone: nodes.a, end: nodes.end };
  const next = { a: { kind: "wait", duration: "P2D", next: "fresh" }, fresh: nodes.a, end: nodes.end };
  for (const inside of ["finish", "move", "exit"] as const) {
    const id = await stage.publish({ entry, start: "a", nodes: old });
    const [atStart, beyond] = [person(), person()];
    await stage.batch([[beyond, stage.event("Begun")]]);
    stage.office.world.clock.advance("PT1H");
    await stage.journeys.settle();
    await stage.batch([[atStart, stage.event("Begun")]]);
    await stage.app.inject({
      method: "PUT",
      url: `/v1/journeys/${id}`,
      payload: { graph: { entry, start: "a", nodes: next } },
    });
    await post(`/v1/journeys/${id}/publish`, { inside });
    await stage.journeys.settle();
    const runs = new Map((await stage.runs(id)).map((run) => [run.profile_id, run]));
    const of = (who: string) => runs.get(who);
    if (inside === "exit") {
      expect([of(atStart)?.exit_reason, of(beyond)?.exit_reason]).toEqual(["version_ended", "version_ended"]);
    } else {
      // Whoever stands where the new version has nothing finishes what they began.
      expect([of(atStart)?.version, of(beyond)?.version]).toEqual(inside === "move" ? [2, 1] : [1, 1]);
      stage.office.world.clock.advance("PT1H");
      await stage.journeys.settle();
      const after = new Map((await stage.runs(id)).map((run) => [run.profile_id, run]));
      expect(after.get(atStart)?.node).toBe(inside === "move" ? "fresh" : "gone");
      expect(after.get(beyond)?.exit_reason).toBe("completed");
    }
    await archive(id);
  }
});
