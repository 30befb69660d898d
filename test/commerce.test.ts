import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { demoCatalogue, lastPair } from "../server/src/demo/catalogue.ts";
import { loadDemoCatalogue } from "../server/src/demo/load-catalogue.ts";
import { inTransaction } from "../server/src/platform/db.ts";
import { newId } from "../server/src/platform/ids.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";

interface Cart {
  readonly items: readonly { readonly variant_id: string; readonly quantity: number; readonly available: number }[];
}
interface Problem {
  readonly code: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}
interface Stores {
  readonly items: readonly { readonly id: string; readonly city: string }[];
}

/** The whole server over HTTP: one shopper, two devices, a till. */
const address = { name: "Wayan", line1: "Jl. Kemang 1", city: "Jakarta", country: "ID" };

describe("one stock, one cart, one order book", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await createServer();
    await inTransaction(server.db, (tx) => loadDemoCatalogue(tx, server.clock));
  });
  afterAll(() => server.close());

  const as = (anonymousId: string, token?: string) => ({
    authorization: `Bearer ${server.writeKey}`,
    "x-kilim-anonymous-id": anonymousId,
    ...(token ? { "x-kilim-shopper": token } : {}),
  });
  const cartOf = async (who: Record<string, string>) =>
    (await server.call<Cart>("GET", "/v1/cart", undefined, who)).body;
  const put = (who: Record<string, string>, variant_id: string, quantity = 1) =>
    server.call<Cart & Problem>("POST", "/v1/cart/items", { variant_id, quantity }, who);
  const webOf = async (variantId: string) =>
    (await server.call<{ items: { web: number }[] }>("GET", `/v1/availability?variant=${variantId}`)).body.items[0]
      ?.web;

  async function signIn(email: string, anonymousId: string): Promise<string> {
    server.clock.advance({ minutes: 1 });
    await server.call("POST", "/v1/shopper/sign-in", { email }, as(anonymousId));
    await server.settle();
    const list = await server.call<{ items: { id: string; to: string }[] }>("GET", "/v1/mailbox");
    const mail = list.body.items.find((item) => item.to.includes(email));
    const { body } = await server.call<{ text: string }>("GET", `/v1/mailbox/${mail?.id}`);
    const code = /\b\d{6}\b/.exec(body.text)?.[0];
    const proof = { email, code, anonymous_id: anonymousId };
    return (await server.call<{ token: string }>("POST", "/v1/shopper/verify", proof, as(anonymousId))).body.token;
  }

  test("the cart made on the phone is on the laptop; bought at the till it is gone everywhere", async () => {
    const [phone, laptop] = [newId(server.clock), newId(server.clock)];
    const view = { product_id: lastPair.productId, category: "shoes", name: "Ilgın canvas sneakers" };
    await server.call(
      "POST",
      "/v1/track",
      { anonymousId: phone, event: "Product Viewed", properties: view },
      as(phone),
    );
    expect((await put(as(phone), lastPair.variantId)).body.items).toMatchObject([{ quantity: 1, available: 1 }]);
    await server.settle();

    const ask = { anonymous_id: laptop, slots: ["home_hero", "home_last_category", "cart", "recently_viewed"] };
    const decide = async (who: Record<string, string>) =>
      (await server.call<{ slots: Record<string, unknown> }>("POST", "/v1/decide", ask, who)).body.slots;
    expect(await decide(as(laptop))).toMatchObject({ cart: { items: [] }, home_last_category: { category: null } });

    const onLaptop = await signIn("elif@dokuma.example", laptop);
    expect((await cartOf(as(laptop, onLaptop))).items).toEqual([]);
    const onPhone = await signIn("elif@dokuma.example", phone);
    expect((await cartOf(as(laptop, onLaptop))).items).toMatchObject([{ variant_id: lastPair.variantId }]);
    expect(await cartOf(as(phone, onPhone))).toEqual(await cartOf(as(laptop, onLaptop)));
    await server.settle();
    expect(await decide(as(laptop, onLaptop))).toMatchObject({
      cart: { items: [{ variant_id: lastPair.variantId }], reason: "cart_of_person" },
      home_last_category: { category: "shoes", reason: "last_category_of_person" },
      recently_viewed: { items: [{ id: lastPair.productId }] },
    });

    const thief = newId(server.clock);
    await server.call(
      "POST",
      "/v1/identify",
      { anonymousId: thief, traits: { email: "elif@dokuma.example" } },
      as(thief),
    );
    await server.settle();
    expect((await cartOf(as(thief))).items).toEqual([]);
    expect((await server.call("GET", "/v1/shopper/orders", undefined, as(thief))).status).toBe(403);

    type Profile = {
      id: string;
      computed: { cart: { items: number; value: number }; orders: number; revenue: number };
    };
    const profile = async () => (await server.call<Profile>("GET", "/v1/profiles/email:elif@dokuma.example")).body;
    const before = await profile();
    expect(before.computed.cart).toMatchObject({ items: 1, value: 8900 });

    const stores = (await server.call<Stores>("GET", "/v1/stores")).body.items;
    const sale = {
      channel: "store",
      store_id: stores.find((s) => s.city === "Izmir")?.id,
      profile_id: before.id,
      lines: [{ variant_id: lastPair.variantId, quantity: 1 }],
      payment: "card",
    };
    const key = { "idempotency-key": "till-1" };
    const sold = await server.call<{ id: string; discrepancies: unknown[] }>("POST", "/v1/orders", sale, key);
    expect(sold).toMatchObject({ status: 201, body: { discrepancies: [], status: "completed" } });
    expect((await server.call<{ id: string }>("POST", "/v1/orders", sale, key)).body.id).toBe(sold.body.id);
    expect(await webOf(lastPair.variantId)).toBe(0);
    expect((await cartOf(as(laptop, onLaptop))).items).toEqual([]);

    await server.settle();
    const after = await profile();
    expect(after.computed).toMatchObject({ orders: 1, revenue: 8900, cart: { items: 0, value: 0 } });
    type Orders = { items: { id: string; store_name: string }[] };
    const mine = await server.call<Orders>("GET", "/v1/shopper/orders", undefined, as(laptop, onLaptop));
    expect(mine.body.items).toMatchObject([{ id: sold.body.id, store_name: "Dokuma Izmir Alsancak" }]);
    type Events = { items: { event: string; channel: string }[] };
    const timeline = (await server.call<Events>("GET", `/v1/profiles/${before.id}/events`)).body.items;
    const named = (name: string) => timeline.filter((event) => event.event === name);
    expect(named("Product Added")).toHaveLength(1);
    expect(named("Cart Merged")).toHaveLength(1);
    expect(named("Order Completed")).toMatchObject([{ channel: "store" }]);
    type Rows = { state: string };
    const news = await server.history.query<Rows>("select name from events where name = 'Stock Changed'", {});
    // Of the channels that sell from there, and of the store itself.
    expect(news).toHaveLength(2);
    expect((await server.call<{ items: unknown[] }>("GET", "/v1/stock/check")).body.items).toEqual([]);
  });

  test("ORD-24 a buyer announces a return of her own order, once however often it is told; of another's she learns nothing", async () => {
    const [hers, his] = [newId(server.clock), newId(server.clock)];
    const she = as(hers, await signIn("zehra@dokuma.example", hers));
    const he = as(his, await signIn("kerem@dokuma.example", his));
    await server.settle();
    const { body: profile } = await server.call<{ id: string }>("GET", "/v1/profiles/email:zehra@dokuma.example");
    const store = (await server.call<Stores>("GET", "/v1/stores")).body.items[0];
    const variant_id = demoCatalogue.products[45]?.variants[0]?.id;
    const { body: order } = await server.call<{ id: string }>("POST", "/v1/orders", {
      ...{ channel: "store", store_id: store?.id, profile_id: profile.id, payment: "card" },
      lines: [{ variant_id, quantity: 2 }],
    });
    const path = `/v1/shopper/orders/${order.id}/returns`;
    const body = { lines: [{ position: 0, quantity: 1, reason: "too_small" }] };
    const key = { "idempotency-key": "announced-1" };
    const first = await server.call("POST", path, body, { ...she, ...key });
    expect(first).toMatchObject({ status: 201, body: { announced: [{ state: "announced" }], taken_back: [] } });
    expect((await server.call("POST", path, body, { ...she, ...key })).body).toEqual(first.body);
    expect((await server.call("GET", path, undefined, she)).body).toEqual(first.body);
    const rest = { lines: [{ position: 0, quantity: 2, reason: "other" }] };
    expect(await server.call("POST", path, rest, she)).toMatchObject({
      status: 422,
      body: { code: "not_returnable", errors: [{ path: "lines.0.quantity", message: "1 may come back" }] },
    });
    const wordy = { lines: [{ position: 0, quantity: 1, reason: "it scratches" }] };
    expect((await server.call("POST", path, wordy, she)).status).toBe(400);

    const [announced] = (first.body as { announced: { id: string }[] }).announced;
    for (const [method, url, sent] of [
      ["GET", path, undefined],
      ["POST", path, body],
      ["POST", `${path}/${announced?.id}/withdraw`, {}],
    ] as const)
      expect(await server.call(method, url, sent, he)).toMatchObject({
        status: 404,
        body: { code: "order_not_found" },
      });
    expect((await server.call("POST", path, body, as(hers))).status).toBe(403);
    const { body: forStaff } = await server.call("GET", `/v1/orders/${order.id}/announced-returns`);
    expect(forStaff).toMatchObject({ items: [{ id: announced?.id, state: "announced" }] });
  });

  test("B signing in on A's device gets nothing of A's, and A nothing of B's", async () => {
    const shared = newId(server.clock);
    const [first = "", second = ""] = demoCatalogue.products.slice(40, 42).map((p) => p.variants[0]?.id ?? "");
    const a = await signIn("ayse@dokuma.example", shared);
    await put(as(shared, a), first);
    // A is gone without signing out of the page; what is put in now is nobody's in particular.
    await put(as(shared), second);
    await server.settle();
    const b = await signIn("budi@dokuma.example", shared);
    expect((await cartOf(as(shared, b))).items).toEqual([]);
    await put(as(shared, b), second, 3);
    await server.settle();
    const ask = { anonymous_id: shared, slots: ["cart", "recently_viewed"] };
    const decided = await server.call<{ slots: { cart: Cart } }>("POST", "/v1/decide", ask, as(shared, b));
    expect(decided.body.slots.cart.items).toMatchObject([{ variant_id: second, quantity: 3 }]);
    expect((await cartOf(as(shared, a))).items.map((item) => item.variant_id)).toContain(first);
    expect((await cartOf(as(shared, a))).items.find((item) => item.quantity === 3)).toBeUndefined();
    expect((await cartOf(as(shared, b))).items).toHaveLength(1);
  });

  test("a web checkout over HTTP: the order, then 409 for what is gone, with the line", async () => {
    const shopper = newId(server.clock);
    const found = await server.call<{ items: { id: string }[] }>(
      "GET",
      "/v1/products?q=alacati&limit=1",
      undefined,
      as(shopper),
    );
    const product = found.body.items[0]?.id;
    const page = await server.call<{ variants: { id: string }[] }>(
      "GET",
      `/v1/products/${product}`,
      undefined,
      as(shopper),
    );
    const variant = page.body.variants[0]?.id ?? "";
    const many = (await webOf(variant)) ?? 0;
    await put(as(shopper), variant, many);
    const body = { channel: "web", email: "wayan@dokuma.example", payment: "test", address };
    const bought = await server.call<{ id: string }>("POST", "/v1/orders", body, {
      ...as(shopper),
      "idempotency-key": "a",
    });
    expect(bought).toMatchObject({ status: 201, body: { status: "paid", channel: "web" } });
    await put(as(shopper), variant, 1);
    const refused = await server.call<Problem>("POST", "/v1/orders", body, { ...as(shopper), "idempotency-key": "b" });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: "sold_out", errors: [{ path: "items.0.quantity", message: "sold out" }] },
    });
    await server.settle();
    const guest = await server.call<{ items: { id: string }[] }>(
      "GET",
      "/v1/orders?profile=email:wayan@dokuma.example",
    );
    expect(guest.body.items.map((order) => order.id)).toEqual([bought.body.id]);
    const handed = await server.call<{ status: string }>("POST", `/v1/orders/${bought.body.id}/fulfil`, {});
    expect(handed.body.status).toBe("completed");
  });

  test("ORD-26 who may do what, and bad input by its path; nothing is delivered without an address", async () => {
    const shopper = as(newId(server.clock));
    const sale = {
      channel: "store",
      store_id: newId(server.clock),
      lines: [{ variant_id: lastPair.variantId, quantity: 1 }],
    };
    const calls: [string, string, unknown, Record<string, string>, number, string][] = [
      ["POST", "/v1/orders", { ...sale, payment: "cash" }, shopper, 403, "not_for_this_caller"],
      ["POST", "/v1/orders", { channel: "web", payment: "test", address }, {}, 403, "not_for_this_caller"],
      ["POST", "/v1/orders", { ...sale, payment: "cash" }, {}, 422, "store_not_found"],
      ["POST", "/v1/orders", { channel: "web", payment: "test" }, shopper, 400, "invalid_request"],
      ["POST", "/v1/orders", { channel: "web", payment: "test", address }, shopper, 409, "cart_empty"],
      ["GET", "/v1/orders", undefined, shopper, 403, "forbidden"],
      ["GET", "/v1/stock?variant=x", undefined, {}, 400, "invalid_request"],
      ["POST", "/v1/stock/movements", { movements: [] }, shopper, 403, "forbidden"],
      ["GET", "/v1/cart", undefined, { authorization: `Bearer ${server.writeKey}` }, 400, "device_unknown"],
      ["POST", "/v1/cart/items", { variant_id: lastPair.variantId, quantity: -1 }, shopper, 400, "invalid_request"],
      ["POST", "/v1/cart/items", { variant_id: lastPair.variantId, quantity: 1.5 }, shopper, 400, "invalid_request"],
      ["GET", "/v1/products?after=forged", undefined, {}, 400, "invalid_request"],
      ["GET", `/v1/products/${newId(server.clock)}`, undefined, {}, 404, "product_not_found"],
      ["POST", "/v1/decide", { anonymous_id: "x", slots: [] }, shopper, 400, "invalid_request"],
    ];
    for (const [method, path, body, who, status, code] of calls) {
      expect(await server.call<Problem>(method, path, body, who), `${method} ${path}`).toMatchObject({
        status,
        body: { code },
      });
    }
    for (const deliveries of [undefined, [{ kind: "delivery" }]]) {
      const homeless = { channel: "web", payment: "test", deliveries };
      const refused = await server.call<Problem>("POST", "/v1/orders", homeless, shopper);
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: "address" }] } });
    }
    const fetched = {
      channel: "web",
      payment: "test",
      deliveries: [{ kind: "pickup", store_id: newId(server.clock) }],
    };
    expect(await server.call<Problem>("POST", "/v1/orders", fetched, shopper)).toMatchObject({
      body: { code: "cart_empty" },
    });
  });

  test("pictures are served to everybody, and run nothing", async () => {
    const svg = await fetch(`${server.url}/assets/products/${lastPair.variantId}.svg`);
    expect(svg.headers.get("content-type")).toContain("image/svg+xml");
    expect(svg.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await svg.text()).toMatch(/^<svg /);
    const png = await fetch(`${server.url}/assets/products/${lastPair.productId}.png`);
    expect(png.headers.get("content-type")).toBe("image/png");
    expect((await fetch(`${server.url}/assets/products/${newId(server.clock)}.svg`)).status).toBe(404);
  });
});
