import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createKilim } from "../src/index.ts";
import { type FakePage, fakePage } from "./fake-page.ts";

let page: FakePage;
let permission: "granted" | "denied";
const subscribed = { endpoint: "https://push.test/1", keys: { p256dh: "B".repeat(87), auth: "a".repeat(22) } };
const subscription = { endpoint: subscribed.endpoint, toJSON: () => subscribed, unsubscribe: vi.fn(async () => true) };
const subscribe = vi.fn(async () => subscription);

beforeEach(() => {
  page = fakePage();
  permission = "granted";
  const registration = { pushManager: { getSubscription: async () => null, subscribe } };
  vi.stubGlobal("navigator", {
    ...navigator,
    serviceWorker: {
      register: vi.fn(async () => registration),
      ready: Promise.resolve(registration),
      getRegistration: async () => ({ pushManager: { getSubscription: async () => subscription } }),
    },
  });
  vi.stubGlobal("PushManager", class {});
  vi.stubGlobal("Notification", { requestPermission: async () => permission });
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    page.requests.push({ url, headers: new Headers(init.headers), body });
    return new Response(JSON.stringify({ public_key: "KEY", items: [{ id: "m1" }] }));
  });
});
afterEach(() => vi.unstubAllGlobals());

const kilim = () => createKilim({ writeKey: "wk", host: "https://kilim.test" });

test("a browser subscribes with the installation's key and is told to the server with the device's headers", async () => {
  expect(await kilim().push.subscribe()).toBe(true);
  expect(subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: "KEY" });
  const [, told] = page.requests;
  expect([told?.url, told?.body]).toEqual([
    "https://kilim.test/v1/devices",
    { kind: "web", token: subscribed.endpoint, keys: subscribed.keys },
  ]);
  expect(told?.headers.get("x-kilim-anonymous-id")).not.toBeNull();
});

test("whoever says no is asked nothing more, and nothing is sent", async () => {
  permission = "denied";
  expect(await kilim().push.subscribe()).toBe(false);
  expect(page.requests).toEqual([]);
});

test("a browser that unsubscribes is forgotten by the server, too", async () => {
  await kilim().push.unsubscribe();
  expect(page.requests.map(({ url, body }) => [url, body])).toEqual([
    ["https://kilim.test/v1/devices/forget", { token: subscribed.endpoint }],
  ]);
  expect(subscription.unsubscribe).toHaveBeenCalled();
});

test("the worker shows a push, opens its address when tapped, and leaves others' alone", async () => {
  const listeners = new Map<string, (happening: unknown) => void>();
  const showNotification = vi.fn(async () => {});
  const openWindow = vi.fn(async () => {});
  vi.stubGlobal("registration", { showNotification });
  vi.stubGlobal("clients", { openWindow });
  vi.stubGlobal("addEventListener", (name: string, listener: (happening: unknown) => void) =>
    listeners.set(name, listener),
  );
  await import("../src/push-worker.ts");
  const push = (json: () => unknown) => listeners.get("push")?.({ data: { json }, waitUntil: () => {} });
  push(() => ({ id: "1", title: "Ready", body: "Your order", url: "https://shop.test/o/1", tag: "o1", actions: [] }));
  push(() => ({ other: true }));
  push(() => JSON.parse("not json"));
  expect(showNotification).toHaveBeenCalledTimes(1);
  expect(showNotification).toHaveBeenCalledWith("Ready", expect.objectContaining({ body: "Your order", tag: "o1" }));
  const tap = (url: string) =>
    listeners.get("notificationclick")?.({
      notification: { data: { url, actions: [] }, close: () => {} },
      waitUntil: () => {},
    });
  tap("https://shop.test/o/1");
  tap("javascript:alert(1)");
  expect(openWindow.mock.calls).toEqual([["https://shop.test/o/1"]]);
});
