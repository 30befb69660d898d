import { afterAll, beforeAll, expect, test } from "vitest";

import { stockedProduct, WAREHOUSE } from "../../inventory/testing.ts";
import { createServer, type TestServer } from "../../platform/testing/server.ts";
import type { Product, PublicReview, Review } from "../contracts.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

let serial = 0;
/** Somebody who has proven who she is: her device's headers, and her id. */
async function shopper(name = `shopper${++serial}`) {
  const email = `${name}@shop.example`;
  const device = { authorization: `Bearer ${server.writeKey}`, "x-kilim-anonymous-id": `device-of-${name}` };
  await server.call("POST", "/v1/shopper/sign-in", { email }, device);
  await server.settle();
  const { body: box } = await server.call<{ items: { id: string; to: string }[] }>("GET", "/v1/mailbox");
  const id = box.items.find(({ to }) => to === email)?.id;
  const { body: mail } = await server.call<{ text: string }>("GET", `/v1/mailbox/${id}`);
  const proof = { email, code: /\b\d{6}\b/.exec(mail.text)?.[0], anonymous_id: device["x-kilim-anonymous-id"] };
  const { body } = await server.call<{ token: string }>("POST", "/v1/shopper/verify", proof, device);
  await server.settle();
  const profile = await server.call<{ id: string }>("GET", `/v1/profiles/email:${email}`);
  return { headers: { ...device, "x-kilim-shopper": body.token }, id: profile.body.id };
}
type Who = Awaited<ReturnType<typeof shopper>>;

const write = (who: Who, product: string, rating: number, body = "Good cloth.") =>
  server.call<PublicReview & { state: string }>(
    "PUT",
    `/v1/shopper/reviews/${product}`,
    { rating, body, author: "Elif K." },
    who.headers,
  );
const decide = (id: string, verb: "publish" | "reject") => server.call<Review>("POST", `/v1/reviews/${id}/${verb}`);
const ratingOf = async (product: string) => (await server.call<Product>("GET", `/v1/products/${product}`)).body.rating;
const published = async (product: string) =>
  (await server.call<{ items: PublicReview[]; ratings: number[] }>("GET", `/v1/products/${product}/reviews`)).body;
const product = async () => await stockedProduct(server, [{ [WAREHOUSE]: 9 }]);

test("CAT-14 a review shows when somebody has looked at it; changed, it waits again; each person has one per product", async () => {
  const { productId } = await product();
  const elif = await shopper();
  const first = await write(elif, productId, 5);
  expect(first.body).toMatchObject({ state: "pending", is_verified: false });
  expect(await ratingOf(productId)).toBeNull();
  const { body: queue } = await server.call<{ items: Review[] }>("GET", "/v1/reviews?state=pending");
  expect(queue.items.map((review) => [review.id, review.product_title])).toContainEqual([
    first.body.id,
    "Ilgın sneaker",
  ]);
  expect((await decide(first.body.id, "publish")).body).toMatchObject({ state: "published" });
  expect(await ratingOf(productId)).toEqual({ average: 5, count: 1 });

  const again = await Promise.all([4, 2, 4].map((rating) => write(elif, productId, rating)));
  expect(new Set(again.map(({ body }) => body.id))).toEqual(new Set([first.body.id]));
  expect(await ratingOf(productId)).toBeNull();
  await decide(first.body.id, "publish");
  const second = await shopper();
  await decide((await write(second, productId, 1)).body.id, "publish");
  await decide((await write(await shopper(), productId, 1)).body.id, "reject");
  const { items, ratings } = await published(productId);
  expect(items).toHaveLength(2);
  expect(ratings.reduce((sum, n) => sum + n)).toBe(2);
  expect(items[0]).not.toHaveProperty("profile_id");
  await server.call("DELETE", `/v1/shopper/reviews/${productId}`, undefined, second.headers);
  expect((await ratingOf(productId))?.count).toBe(1);
});

test("CAT-14 whoever has bought it here is told apart; a claim of being somebody writes nothing", async () => {
  const { productId, variantIds } = await product();
  const buyer = await shopper();
  await server.call("POST", "/v1/cart/items", { variant_id: variantIds[0], quantity: 1 }, buyer.headers);
  await server.call(
    "POST",
    "/v1/orders",
    { channel: "web", payment: "test", address: { name: "Elif", line1: "Kordon 1", city: "Izmir", country: "TR" } },
    { ...buyer.headers, "idempotency-key": "o1" },
  );
  expect((await write(buyer, productId, 4)).body.is_verified).toBe(true);
  const { "x-kilim-shopper": _, ...device } = buyer.headers;
  const review = { rating: 1, author: "x" };
  expect((await server.call("PUT", `/v1/shopper/reviews/${productId}`, review, device)).status).toBe(403);
  await server.settle();
  const { body } = await server.call<{ items: { event: string; properties: object }[] }>(
    "GET",
    `/v1/profiles/${buyer.id}/events`,
  );
  expect(body.items.find(({ event }) => event === "Product Reviewed")?.properties).toMatchObject({
    rating: 4,
    verified: true,
  });
});

test("CAT-15 two who turn out to be one keep the newer review; separated, each has her own again; erased, it is gone", async () => {
  const { productId } = await product();
  const [one, two] = [await shopper(), await shopper()];
  const older = (await write(one, productId, 1)).body.id;
  server.clock.advance({ minutes: 1 });
  const newer = (await write(two, productId, 5)).body.id;
  for (const id of [older, newer]) await decide(id, "publish");
  expect(await ratingOf(productId)).toEqual({ average: 3, count: 2 });

  const merged = await server.call("POST", "/v1/profiles/merge", { into: one.id, from: two.id, reason: "same" });
  expect(merged.status).toBe(200);
  await server.settle();
  expect((await published(productId)).items.map(({ id }) => id)).toEqual([newer]);
  expect(await ratingOf(productId)).toEqual({ average: 5, count: 1 });

  const parted = await server.call("POST", "/v1/profiles/unmerge", { profile: one.id, from: two.id, reason: "not" });
  expect(parted.status).toBe(200);
  await server.settle();
  const own = async (who: Who) =>
    (await server.pool.query("select id, state from catalog.review where profile_id = $1", [who.id])).rows;
  expect(await own(two)).toEqual([{ id: newer, state: "published" }]);
  expect(await own(one)).toEqual([{ id: older, state: "pending" }]);

  await server.call("DELETE", `/v1/profiles/${two.id}`);
  await server.settle();
  expect((await published(productId)).items).toEqual([]);
  expect(await ratingOf(productId)).toBeNull();
});
