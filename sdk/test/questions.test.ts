import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createKilim, KilimError } from "../src/index.ts";
import { type FakePage, fakePage } from "./fake-page.ts";

let page: FakePage;
const open = () => createKilim({ writeKey: "wk", host: "https://kilim.test" });

beforeEach(() => {
  page = fakePage();
});
afterEach(() => vi.unstubAllGlobals());

/** Answers by path, so a whole sign-in can be walked. */
function answer(routes: Record<string, unknown>): void {
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    page.requests.push({ url, headers: new Headers(init.headers), body });
    const found = routes[`${init.method} ${new URL(url).pathname}`];
    return new Response(JSON.stringify(found ?? {}), { status: found === undefined ? 404 : 200 });
  });
}

test("a cart call carries key and device in headers, nothing in the address", async () => {
  answer({ "POST /v1/cart/items": { id: "c1", items: [] } });
  const kilim = open();
  await kilim.cart.add("v1", 2);
  const [request] = page.requests;
  expect(request?.url).toBe("https://kilim.test/v1/cart/items");
  expect(request?.headers.get("authorization")).toBe("Bearer wk");
  expect(request?.headers.get("x-kilim-anonymous-id")).toBe(kilim.anonymousId);
  expect(request?.headers.has("x-kilim-shopper")).toBe(false);
  expect(request?.body).toEqual({ variant_id: "v1", quantity: 2 });
});

test("after verify every question carries the shopper token, until sign-out", async () => {
  answer({
    "POST /v1/shopper/sign-in": {},
    "POST /v1/shopper/verify": { token: "tok", expires_at: new Date(Date.now() + 60_000).toISOString() },
    "GET /v1/shopper/me": { profile_id: "p", first_name: "Elif" },
    "POST /v1/shopper/sign-out": {},
    "GET /v1/cart": { id: "c", items: [] },
  });
  const kilim = open();
  const device = kilim.anonymousId;
  await kilim.shopper.signIn("elif@example.com");
  const me = await kilim.shopper.verify("elif@example.com", "123456");
  expect(me.first_name).toBe("Elif");
  expect(kilim.isSignedIn).toBe(true);
  expect(page.requests[1]?.body).toEqual({ email: "elif@example.com", code: "123456", anonymous_id: device });
  expect(page.requests[2]?.headers.get("x-kilim-shopper")).toBe("tok");

  await kilim.shopper.signOut();
  expect(kilim.isSignedIn).toBe(false);
  expect(kilim.anonymousId).not.toBe(device);
  await kilim.cart.get();
  expect(page.requests.at(-1)?.headers.has("x-kilim-shopper")).toBe(false);
});

test("what she says of herself is asked of the server at once, whether this device is followed or not", async () => {
  answer({ "PUT /v1/shopper/me": { accepted: true } });
  const kilim = open();
  kilim.setTracking(false);
  await kilim.shopper.save({ first_name: "Elif" });
  expect(page.requests.map(({ body }) => body)).toEqual([{ first_name: "Elif" }]);
});

test("a token that the server refuses is dropped, whatever this device's clock says", async () => {
  answer({
    "POST /v1/shopper/verify": { token: "tok", expires_at: "2000-01-01T00:00:00.000Z" },
    "GET /v1/shopper/me": {},
  });
  const kilim = open();
  const device = kilim.anonymousId;
  await kilim.shopper.verify("elif@example.com", "123456");
  expect(kilim.isSignedIn).toBe(true);

  vi.stubGlobal("fetch", async () => Response.json({ code: "forbidden" }, { status: 403 }));
  await expect(kilim.cart.get()).rejects.toMatchObject({ code: "forbidden" });
  expect(kilim.isSignedIn).toBe(true);
  await expect(kilim.shopper.me()).rejects.toMatchObject({ status: 403 });
  expect(kilim.isSignedIn).toBe(false);
  expect(kilim.anonymousId).toBe(device);
});

test("a refused question rejects with the server's reason", async () => {
  vi.stubGlobal("fetch", async () =>
    Response.json({ type: "https://kilim.dev/errors/out_of_stock", title: "Sold out", status: 409 }, { status: 409 }),
  );
  const refused = open().cart.add("v1");
  await expect(refused).rejects.toBeInstanceOf(KilimError);
  await expect(refused).rejects.toMatchObject({ status: 409, code: "out_of_stock", message: "Sold out" });
});

test("checkout repeats under the caller's key", async () => {
  answer({ "POST /v1/orders": { id: "o1" } });
  await open().checkout({ payment: "test", email: "a@b.co" }, "key-1");
  expect(page.requests[0]?.headers.get("idempotency-key")).toBe("key-1");
  expect(page.requests[0]?.body).toEqual({ channel: "web", payment: "test", email: "a@b.co" });
});

test("live notices arrive one by one however the stream is cut", async () => {
  const chunks = [
    "event: prod",
    'uct\ndata: {"id":"p1"}\n',
    "\n: keep-alive\n\nevent: order\ndata: ",
    '{"id":"o1","changed":["lines"]}\n\n',
  ];
  vi.stubGlobal("fetch", async () => {
    const body = new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      },
    });
    return new Response(body);
  });
  const notices: unknown[] = [];
  const stop = open().live((notice) => notices.push(notice));
  await vi.waitFor(() => expect(notices).toHaveLength(2));
  expect(notices).toEqual([
    { topic: "product", id: "p1", changed: [] },
    { topic: "order", id: "o1", changed: ["lines"] },
  ]);
  stop();
});

test("a line that was cut and is back says so, so that the page reads what it missed", async () => {
  let lines = 0;
  vi.stubGlobal("fetch", async () => {
    lines += 1;
    return new Response(lines === 2 ? "busy" : ": hello\n\n", { status: lines === 2 ? 503 : 200 });
  });
  const gaps: number[] = [];
  const stop = open().live(
    () => {},
    undefined,
    () => gaps.push(lines),
  );
  await vi.waitFor(() => expect(gaps).toEqual([3]), 5_000);
  stop();
});
