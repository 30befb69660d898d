import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createKilim } from "../src/index.ts";
import { type FakePage, fakePage } from "./fake-page.ts";

let page: FakePage;
const open = (more = {}) => createKilim({ writeKey: "wk", host: "https://kilim.test", ...more });
const sentEvents = () => page.requests.flatMap((request) => request.body.batch);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-02T09:00:00Z") });
  page = fakePage();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a tracked event carries who, when, where, and the campaign that led here", async () => {
  const kilim = open({ touchpoint: "shop" });
  kilim.track("Product Viewed", { product_id: "p1" });
  await vi.advanceTimersByTimeAsync(200);

  expect(page.requests).toHaveLength(1);
  const [request] = page.requests;
  expect(request?.url).toBe("https://kilim.test/v1/batch");
  expect(request?.headers.get("content-type")).toBe("text/plain");
  expect(request?.headers.has("authorization")).toBe(false);
  expect(request?.body).toMatchObject({ writeKey: "wk", sentAt: "2026-03-02T09:00:00.200Z" });
  expect(request?.body.batch[0]).toMatchObject({
    type: "track",
    event: "Product Viewed",
    properties: { product_id: "p1" },
    timestamp: "2026-03-02T09:00:00.000Z",
    anonymousId: kilim.anonymousId,
    userId: null,
    context: {
      channel: "web",
      touchpoint: "shop",
      locale: "tr-TR",
      userAgent: "a browser",
      screen: { width: 390, height: 844, density: 3 },
      campaign: { source: "mail", name: "spring" },
      page: { path: "/sofas", title: "Sofas", referrer: "https://search.test/" },
      library: { name: "kilim-js" },
    },
  });
});

test("events close together leave in one batch, in order", async () => {
  const kilim = open();
  for (const name of ["one", "two", "three"]) kilim.track(name);
  await vi.advanceTimersByTimeAsync(200);
  expect(page.requests).toHaveLength(1);
  expect(sentEvents().map((event) => event.event)).toEqual(["one", "two", "three"]);
});

test("a repeated send carries the same message id, and backs off", async () => {
  page.answers = ["offline", 503, 200];
  open().track("Product Viewed");
  await vi.advanceTimersByTimeAsync(200);
  expect(page.requests).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_300);
  expect(page.requests).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(2_600);
  expect(page.requests).toHaveLength(3);
  expect(new Set(sentEvents().map((event) => event.messageId)).size).toBe(1);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(page.requests).toHaveLength(3);
});

test("429 waits as long as Retry-After says, also for events that come meanwhile", async () => {
  page.answers = [{ status: 429, headers: { "retry-after": "7" } }, 200];
  const kilim = open();
  kilim.track("one");
  await vi.advanceTimersByTimeAsync(200);
  kilim.track("two");
  await vi.advanceTimersByTimeAsync(6_900);
  expect(page.requests).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(page.requests).toHaveLength(2);
  expect(page.requests[1]?.body.batch.map((event: { event: string }) => event.event)).toEqual(["one", "two"]);
});

test("a refusal for good is dropped, and later events still go", async () => {
  page.answers = [400, 200];
  const kilim = open();
  kilim.track("refused");
  await vi.advanceTimersByTimeAsync(200);
  kilim.track("taken");
  await vi.advanceTimersByTimeAsync(200);
  expect(sentEvents().map((event) => event.event)).toEqual(["refused", "taken"]);
  expect([...page.stored.keys()].filter((key) => key.includes("queue"))).toEqual([]);
});

test("what a closing page beacons stays queued and goes again from the next page under the same id", async () => {
  page.answers = ["offline"];
  const first = open();
  first.track("Product Viewed");
  page.fire("visibilitychange");
  page.fire("pagehide");
  expect(page.beacons).toHaveLength(1);
  expect(page.beacons[0]?.url).toBe("https://kilim.test/v1/batch");
  const beaconed = page.beacons[0]?.body;
  expect(beaconed.writeKey).toBe("wk");

  vi.clearAllTimers();
  page.nextPage();
  page.answers = [200];
  const second = open();
  await vi.advanceTimersByTimeAsync(200);
  expect(page.requests.at(-1)?.body.batch[0].messageId).toBe(beaconed.batch[0].messageId);
  expect(second.anonymousId).toBe(first.anonymousId);
  expect([...page.stored.keys()]).toEqual(["kilim:id"]);
});

test("a refused beacon goes by keepalive fetch", () => {
  page.beaconIsRefused = true;
  open().track("Product Viewed");
  page.fire("pagehide");
  expect(page.requests).toHaveLength(1);
});

test("beacons stay under 64 kB each", () => {
  const kilim = open();
  for (let i = 0; i < 5; i++) kilim.track("big", { text: "x".repeat(25_000) });
  page.fire("pagehide");
  expect(page.beacons.map((beacon) => beacon.body.batch.length)).toEqual([2, 2, 1]);
});

test("an offline device keeps its newest thousand", async () => {
  page.answers = ["offline"];
  const kilim = open();
  for (let i = 0; i < 1_010; i++) kilim.track(`e${i}`);
  vi.clearAllTimers();
  page.answers = [200];
  await kilim.flush();
  const names = sentEvents().map((event) => event.event);
  expect(names).toHaveLength(1_000);
  expect(names.at(-1)).toBe("e1009");
});

test("reset begins a new anonymous life and still sends what was queued as it was", async () => {
  const kilim = open();
  const before = kilim.anonymousId;
  kilim.identify("u1", { plan: "gold" });
  kilim.reset();
  kilim.track("after");
  await vi.advanceTimersByTimeAsync(200);
  const [identify, after] = sentEvents();
  expect(identify).toMatchObject({ type: "identify", userId: "u1", anonymousId: before, traits: { plan: "gold" } });
  expect(after.userId).toBeNull();
  expect(after.anonymousId).not.toBe(before);
});

test("identifying another person without reset rotates the anonymous id and drops the first one's traits", async () => {
  const kilim = open();
  const before = kilim.anonymousId;
  kilim.identify("u1", { plan: "gold" });
  expect(kilim.anonymousId).toBe(before);
  kilim.identify("u2", { city: "Izmir" });
  expect(kilim.anonymousId).not.toBe(before);
  await vi.advanceTimersByTimeAsync(200);
  expect(sentEvents().at(-1)).toMatchObject({ userId: "u2", traits: { city: "Izmir" } });
  expect(sentEvents().at(-1).traits.plan).toBeUndefined();
});

test("storage that throws is borne: ids and events live in memory", async () => {
  page.storageIsRefused = true;
  const kilim = open();
  kilim.track("Product Viewed");
  await vi.advanceTimersByTimeAsync(200);
  expect(sentEvents()[0].anonymousId).toBe(kilim.anonymousId);
});

test("no cookie without asking for one, and storage none leaves nothing behind", () => {
  open({ storage: "none" }).track("Product Viewed");
  expect(page.stored.size).toBe(0);
  expect(document.cookie).toBe("");
  const kilim = open({ cookies: true });
  expect(document.cookie).toContain(`kilim_aid=${kilim.anonymousId}`);
});

test("with tracking off nothing is sent, and the choice outlives the page", async () => {
  open().setTracking(false);
  page.nextPage();
  const kilim = open();
  expect(kilim.isTracking).toBe(false);
  kilim.track("Product Viewed");
  kilim.page();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(page.requests).toHaveLength(0);
});

test("with tracking off, what somebody allows or forbids is told all the same", async () => {
  const kilim = open();
  kilim.setTracking(false);
  kilim.track("Consent Changed", { channel: "email", purpose: "marketing", state: "denied" });
  kilim.identify({ language: "tr" });
  await vi.advanceTimersByTimeAsync(200);
  expect(sentEvents().map(({ event }) => event)).toEqual(["Consent Changed"]);
});

test("nothing a page passes makes an event throw, or holds up the next one", async () => {
  const kilim = open();
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  vi.spyOn(console, "warn").mockImplementation(() => {});
  expect(() => kilim.track("circle", circle as never)).not.toThrow();
  kilim.track("next");
  await vi.advanceTimersByTimeAsync(200);
  expect(sentEvents().map((event) => event.event)).toEqual(["next"]);
});
