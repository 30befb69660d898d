import { afterAll, beforeAll, expect, test } from "vitest";

import { makePhoto } from "../catalog/testing/make-photo.ts";
import { IZMIR, stockedProduct, WAREHOUSE } from "../inventory/testing.ts";
import { newId } from "../platform/ids.ts";
import { createServer, type TestServer } from "../platform/testing/server.ts";
import type { Cart, ChangedList, ShoppingList } from "./contracts.ts";
import { adding } from "./testing.ts";

/** What stands beside an item, whose prices hold, and what cannot be bought: over the public API. */
const ADDRESS = { name: "Elif", line1: "Kordon 1", city: "Izmir", country: "TR" };
const CHECKOUT = { channel: "web", payment: "test", address: ADDRESS };
let server: TestServer;
let productId = "";
let shoe = "";
let other = "";

beforeAll(async () => {
  server = await createServer();
  const made = await stockedProduct(server, [
    { [IZMIR]: 4, [WAREHOUSE]: 20 },
    { [IZMIR]: 4, [WAREHOUSE]: 9 },
  ]);
  productId = made.productId;
  [shoe = "", other = ""] = made.variantIds;
});
afterAll(() => server.close());

type Headers = Record<string, string>;
type Answer = Cart & { code: string; errors: { path: string; message: string }[] };
const device = (anonymousId: string, more: Headers = {}): Headers => ({
  authorization: `Bearer ${server.writeKey}`,
  "x-kilim-anonymous-id": anonymousId,
  ...more,
});
const add = (who: Headers, item: object, path = "/v1/cart") =>
  server.call<Answer>("POST", `${path}/items`, { variant_id: shoe, ...item }, who);

async function signIn(email: string, anonymousId: string): Promise<Headers> {
  await server.call("POST", "/v1/shopper/sign-in", { email }, device(anonymousId));
  await server.settle();
  const { body: box } = await server.call<{ items: { id: string; to: string }[] }>("GET", "/v1/mailbox?limit=100");
  const id = box.items.find((mail) => mail.to === email)?.id;
  const { body: mail } = await server.call<{ text: string }>("GET", `/v1/mailbox/${id}`);
  const code = /\b\d{6}\b/.exec(mail.text)?.[0];
  const proof = { email, code, anonymous_id: anonymousId };
  const { body } = await server.call<{ token: string }>("POST", "/v1/shopper/verify", proof, device(anonymousId));
  return device(anonymousId, { "x-kilim-shopper": body.token });
}

async function staffCookie(): Promise<Headers> {
  const { email, password } = server.staff;
  const answer = await fetch(`${server.url}/v1/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url },
    body: JSON.stringify({ email, password }),
  });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
  return { authorization: "", cookie: cookie.join("; "), origin: server.url };
}

test("LIST-10 LIST-22 what an associate puts into her cart stands in it on her phone, with her name and words", async () => {
  const her = await signIn("ayse@example.com", newId(server.clock));
  await add(her, { note: "for Ali" });
  const of = "/v1/profiles/email:ayse@example.com/cart";
  const told: string[][] = [];
  const off = server.bus.onChange((changes) => {
    for (const { topic, what } of changes) if (topic === "profile") told.push([...what]);
  });
  const words = {
    note: "Fits the table",
    dimensions: { width_mm: 900 },
    store_id: IZMIR,
    chat_url: "https://chat.example/7",
  };
  const staff = await staffCookie();
  const added = await add(staff, { variant_id: other, quantity: 2, ...words }, of);
  expect(added.status).toBe(200);
  await expect.poll(() => told, { timeout: 20_000 }).toContainEqual(expect.arrayContaining(["cart"]));
  off();
  const { body: seen } = await server.call<Cart>("GET", "/v1/cart", undefined, her);
  expect(seen.items).toMatchObject([
    { variant_id: shoe, note: "for Ali", author: { kind: "shopper", name: null } },
    { variant_id: other, quantity: 2, ...words, author: { kind: "associate", name: "Test Staff" } },
  ]);
  // A change touches what it names; the quantity may stay out of it.
  await server.call("PUT", `/v1/cart/items/${other}`, { note: null }, her);
  const { body: after } = await server.call<Cart>("PUT", `${of}/items/${other}`, { quantity: 1 }, staff);
  expect(after.items[1]).toMatchObject({ ...words, note: null, quantity: 1, author: { name: "Test Staff" } });
  await server.call("DELETE", `${of}/items/${shoe}`, undefined, staff);
  expect((await server.call<Cart>("GET", "/v1/cart", undefined, her)).body.items).toHaveLength(1);
  await server.settle();
  const { body } = await server.call<{ items: { event: string; channel: string; properties: { author: string } }[] }>(
    "GET",
    "/v1/profiles/email:ayse@example.com/events",
  );
  const byStaff = body.items.filter(({ properties }) => properties.author === "associate");
  expect(byStaff.map(({ event, channel }) => [event, channel])).toContainEqual(["Product Added", "store"]);
  const nobody = `/v1/profiles/${newId(server.clock)}/cart`;
  expect(await add(staff, {}, nobody)).toMatchObject({ status: 404, body: { code: "profile_not_found" } });
  expect((await server.call("PUT", `/v1/cart/items/${shoe}`, { note: "?" }, her)).status).toBe(404);
});

test("LIST-15 LIST-3 a photo beside an item is cleaned, follows the cart at a sign-in, and is shown to nobody else", async () => {
  const phone = newId(server.clock);
  const upload = async (bytes: Buffer) => {
    const headers = { ...device(phone), "content-type": "image/jpeg" };
    const body = new Uint8Array(bytes);
    const answer = await fetch(`${server.url}/v1/cart/photos`, { method: "POST", headers, body });
    return { status: answer.status, body: (await answer.json()) as { photo_id: string } };
  };
  expect((await upload(Buffer.from("<svg onload=alert(1)>"))).status).toBe(422);
  const { body } = await upload(await makePhoto(40, 40));
  expect((await add(device(newId(server.clock)), { photo_id: body.photo_id })).status).toBe(404);
  await add(device(phone), { photo_id: body.photo_id, note: "this shade" });
  const show = async (who: Headers) =>
    (await fetch(`${server.url}/v1/cart/photos/${body.photo_id}`, { headers: who })).status;
  expect(await show(device(phone))).toBe(200);
  expect(await show(device(newId(server.clock)))).toBe(404);
  const her = await signIn("nur@example.com", phone);
  const { body: cart } = await server.call<Cart>("GET", "/v1/cart", undefined, her);
  expect(cart.items).toMatchObject([{ photo_id: body.photo_id, note: "this shade" }]);
  expect(await show(her)).toBe(200);
  expect(await show(device(phone))).toBe(404);
});

test("LIST-8 CAT-11 a cart, its order and a sale at the till cost what the market's prices say; nothing is sold without one", async () => {
  const prices = [
    { currency: "TRY", region: "", amount: 400_000 },
    { currency: "TRY", region: "TR", amount: 350_000, was: 390_000 },
  ];
  await server.call("PUT", `/v1/variants/${shoe}/prices`, { prices });
  const who = device(newId(server.clock));
  expect((await add(who, { quantity: 2 })).body).toMatchObject({ currency: "EUR", total: 17_800, market: null });
  const choose = (market: object) => server.call<Answer>("PUT", "/v1/cart", market, who);
  expect(await choose({ currency: "ZZZ" })).toMatchObject({ status: 400, body: { errors: [{ path: "currency" }] } });
  expect(await choose({ currency: "JPY" })).toMatchObject({
    status: 409,
    body: { code: "not_in_currency", errors: [{ path: "items.0", message: "Ilgın sneaker has no price in JPY" }] },
  });
  expect((await choose({ currency: "lira" })).status).toBe(400);
  expect((await choose({ currency: "TRY" })).body).toMatchObject({ currency: "TRY", total: 800_000, region: null });
  expect((await choose({ currency: "TRY", region: "TR" })).body).toMatchObject({
    total: 700_000,
    market: { currency: "TRY", region: "TR" },
  });
  expect(await add(who, { variant_id: other })).toMatchObject({
    status: 409,
    body: { code: "not_in_currency", errors: [{ path: "variant_id" }] },
  });
  const { body: list } = await server.call<ShoppingList>("POST", "/v1/shopping-lists", { kind: "wish" }, who);
  const path = `/v1/shopping-lists/${list.id}`;
  await server.call("POST", `${path}/operations`, { operations: [adding(shoe), adding(other)] }, who);
  const { items } = (await server.call<ShoppingList>("GET", path, undefined, who)).body;
  const onList = (variant: string) => items.find(({ variant_id }) => variant_id === variant);
  expect(onList(shoe)).toMatchObject({
    price: { amount: 350_000, currency: "TRY" },
    price_when_added: { amount: 350_000 },
    not_sold: null,
  });
  expect(onList(other)).toMatchObject({ price: { currency: "EUR" }, not_sold: "not_in_currency" });
  const order = await server.call("POST", "/v1/orders", CHECKOUT, who);
  expect(order).toMatchObject({
    status: 201,
    body: { total: { amount: 700_000, currency: "TRY" }, lines: [{ price: { amount: 350_000, currency: "TRY" } }] },
  });

  const sale = { channel: "store", store_id: IZMIR, payment: "cash", lines: [{ variant_id: shoe, quantity: 1 }] };
  const sell = (body: object) => server.call<Answer>("POST", "/v1/orders", { ...sale, ...body });
  expect(await sell({})).toMatchObject({ body: { total: { amount: 8_900, currency: "EUR" } } });
  expect(await sell({ currency: "TRY" })).toMatchObject({ body: { total: { amount: 350_000, currency: "TRY" } } });
  await server.call("PATCH", `/v1/stores/${IZMIR}`, { currency: "TRY" });
  expect(await sell({})).toMatchObject({ body: { total: { amount: 350_000, currency: "TRY" } } });
  expect(await sell({ lines: [{ variant_id: other, quantity: 1 }] })).toMatchObject({
    status: 409,
    body: { code: "not_in_currency", errors: [{ path: "lines.0.variant_id" }] },
  });
  await server.call("PATCH", `/v1/stores/${IZMIR}`, { currency: null });
});

test("CAT-8 LIST-23 what was taken off sale is put into no cart, list or order; where it lies already, it says so", async () => {
  const who = device(newId(server.clock));
  await add(who, {});
  await add(who, { variant_id: other });
  const list = (await server.call<ShoppingList>("POST", "/v1/shopping-lists", { kind: "wish" }, who)).body;
  const put = (variant: string) =>
    server.call<ChangedList>(
      "POST",
      `/v1/shopping-lists/${list.id}/operations`,
      { operations: [adding(variant)] },
      who,
    );
  await put(other);
  await server.call("POST", `/v1/variants/${other}/archive`);
  const { body: cart } = await server.call<Cart>("GET", "/v1/cart", undefined, who);
  expect(cart).toMatchObject({ total: 8_900, items: [{ not_sold: null }, { not_sold: "archived" }] });
  const { body: seen } = await server.call<ShoppingList>("GET", `/v1/shopping-lists/${list.id}`, undefined, who);
  expect(seen.items).toMatchObject([{ variant_id: other, not_sold: "archived" }]);
  expect(await add(who, { variant_id: other })).toMatchObject({
    status: 409,
    body: { code: "not_sold", errors: [{ path: "variant_id", message: "Ilgın sneaker was taken off sale" }] },
  });
  expect((await put(other)).body.results).toMatchObject([{ outcome: "refused", code: "not_sold" }]);
  const checkOut = () => server.call<Answer>("POST", "/v1/orders", CHECKOUT, who);
  expect(await checkOut()).toMatchObject({
    status: 409,
    body: { code: "not_sold", errors: [{ path: "items.1.variant_id" }] },
  });
  // Goods in hand are sold all the same.
  const lines = [{ variant_id: other, quantity: 1 }];
  const sale = { channel: "store", store_id: IZMIR, payment: "cash", lines };
  expect((await server.call("POST", "/v1/orders", sale)).status).toBe(201);
  // Taken out, the rest is ordered; fewer of it may always be wanted.
  expect((await server.call("DELETE", `/v1/cart/items/${other}`, undefined, who)).status).toBe(200);
  expect((await checkOut()).status).toBe(201);
  await server.call("POST", `/v1/products/${productId}/archive`);
  expect(await add(who, {})).toMatchObject({ status: 409, body: { code: "not_sold" } });
  await server.call("POST", `/v1/products/${productId}/restore`);
});
