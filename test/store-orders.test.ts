import { afterAll, beforeAll, expect, test } from "vitest";

import { IZMIR, JAKARTA, stockedProduct, WAREHOUSE } from "../server/src/inventory/testing.ts";
import { newId } from "../server/src/platform/ids.ts";
import { createServer, type TestServer } from "../server/src/platform/testing/server.ts";

interface Fulfilment {
  readonly id: string;
  readonly state: string;
  readonly kind: string;
  readonly collection_code?: string;
}
interface Order {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly receipt_code: string;
  readonly fulfilments: readonly Fulfilment[];
}
interface Page<T> {
  readonly items: readonly T[];
}

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const as = (device: string, token?: string) => ({
  authorization: `Bearer ${server.writeKey}`,
  "x-kilim-anonymous-id": device,
  ...(token ? { "x-kilim-shopper": token } : {}),
});
const get = async <T>(path: string, who: Record<string, string> = {}) => {
  const { status, body } = await server.call<T>("GET", path, undefined, who);
  expect([path, status]).toEqual([path, 200]);
  return body;
};
const post = async <T>(path: string, body: object, who: Record<string, string> = {}) => {
  const answer = await server.call<T>("POST", path, body, who);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};

async function signIn(email: string, device: string): Promise<string> {
  await server.call("POST", "/v1/shopper/sign-in", { email }, as(device));
  await server.settle();
  const { items } = await get<Page<{ id: string; to: string }>>("/v1/mailbox");
  const { text } = await get<{ text: string }>(`/v1/mailbox/${items.find((mail) => mail.to.includes(email))?.id}`);
  const proof = { email, code: /\b\d{6}\b/.exec(text)?.[0], anonymous_id: device };
  return (await post<{ token: string }>("/v1/shopper/verify", proof, as(device))).token;
}

test("ordered on the phone, fetched in Izmir by a code that only she sees, brought back in Jakarta by its receipt", async () => {
  const { variantIds } = await stockedProduct(server, [{ [WAREHOUSE]: 5, [IZMIR]: 2 }]);
  const [shoe = ""] = variantIds;
  const phone = newId(server.clock);
  const elif = as(phone, await signIn("elif@dokuma.example", phone));
  await post("/v1/cart/items", { variant_id: shoe, quantity: 2 }, elif);
  const deliveries = [{ kind: "pickup", store_id: IZMIR }];
  const order = await post<Order>("/v1/orders", { channel: "app", payment: "test", deliveries }, elif);
  const queue = () => get<Page<Fulfilment>>(`/v1/fulfilments?store=${IZMIR}`);
  const [waiting] = (await queue()).items;
  expect(waiting).toMatchObject({ state: "assigned", kind: "pickup" });
  await post(`/v1/fulfilments/${waiting?.id}/accept`, {});
  await post(`/v1/fulfilments/${waiting?.id}/ready`, {});
  expect((await queue()).items[0]).toMatchObject({ state: "ready" });
  expect((await queue()).items[0]).not.toHaveProperty("collection_code");

  const stranger = as("another", await signIn("bo@dokuma.example", "another"));
  const hidden = await server.call("GET", `/v1/shopper/orders/${order.id}`, undefined, stranger);
  expect(hidden.status).toBe(404);
  const mine = await get<Order>(`/v1/shopper/orders/${order.id}`, elif);
  const code = mine.fulfilments[0]?.collection_code ?? "";
  expect(code).toMatch(/^[2-9A-Z]{8}$/);
  const friend = { name: "Deniz" };
  const named = await server.call("PUT", `/v1/shopper/fulfilments/${waiting?.id}/collector`, friend, elif);
  expect(named.body).toMatchObject({ collector: { name: "Deniz" } });

  const seen = await post("/v1/fulfilments/lookup", { store_id: IZMIR, code });
  expect(seen).toMatchObject({ order_number: order.number, lines: [{ title: "Ilgın sneaker", quantity: 2 }] });
  await server.settle();
  const mailed = await get<Page<{ to: string; subject: string }>>("/v1/mailbox");
  const toElif = mailed.items.filter((mail) => mail.to.includes("elif@")).map((mail) => mail.subject);
  expect(toElif.filter((subject) => subject.includes(order.number))).toHaveLength(2);

  const wrong = await server.call("POST", "/v1/fulfilments/collect", { store_id: IZMIR, code: "22222222" });
  expect(wrong).toMatchObject({ status: 422, body: { code: "code_unknown" } });
  await post("/v1/fulfilments/collect", { store_id: IZMIR, code });
  const found = await get<Page<Order>>(`/v1/orders?number=${order.number}&store=${IZMIR}&state=completed`);
  expect(found.items.map((one) => one.id)).toEqual([order.id]);

  const receipt = await post<Order>("/v1/receipts/lookup", { code: `${server.url}/r/${order.receipt_code}` });
  const page = await fetch(`${server.url}/r/${order.receipt_code}?language=tr`);
  expect([page.status, page.headers.get("cache-control")]).toEqual([200, "no-store, private"]);
  expect(await page.text()).toContain(`Fiş ${order.number}`);
  for (const [file, type] of [
    ["receipt.pdf", "application/pdf"],
    ["qr.png", "image/png"],
  ]) {
    const answer = await fetch(`${server.url}/r/${order.receipt_code}/${file}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, type]);
  }
  expect((await fetch(`${server.url}/r/${"x".repeat(32)}`)).status).toBe(404);
  const way = await get<{ steps: { step: string }[] }>(`/v1/shopper/orders/${order.id}/tracking`, elif);
  expect(way).toEqual(await get(`/v1/orders/${order.id}/tracking`));
  expect(way.steps.map(({ step }) => step)).toEqual(["placed", "paid", "accepted", "ready", "collected"]);
  expect(receipt.id).toBe(order.id);
  const back = { channel: "store", store_id: JAKARTA, lines: [{ position: 0, quantity: 1 }] };
  expect(await post(`/v1/orders/${order.id}/returns`, back)).toMatchObject({ refund: { amount: 8900 } });
  const shelf = await get<Page<object>>(`/v1/stock/levels?location=${JAKARTA}`);
  expect(shelf.items).toMatchObject([{ variant_id: shoe, on_hand: 1, title: "Ilgın sneaker" }]);

  const again = await post(`/v1/shopper/orders/${order.id}/reorder`, {}, elif);
  expect(again).toEqual({ added: [{ variant_id: shoe, quantity: 2 }], left_out: [] });
  await server.settle();
  const { items } = await get<Page<{ event: string }>>("/v1/profiles/email:elif@dokuma.example/events");
  const told = items.map((item) => item.event);
  for (const name of ["Order Completed", "Order Ready for Pickup", "Order Collected", "Order Refunded"]) {
    expect(told).toContain(name);
  }
  expect(await get("/v1/stock/check")).toEqual({ items: [] });
});

test("another system's shop holds, renews, commits and hands over; places are read and changed; policy is checked", async () => {
  const { variantIds } = await stockedProduct(server, [{ [WAREHOUSE]: 3 }]);
  const lines = [{ variant_id: variantIds[0], quantity: 2 }];
  const hold = await post<{ id: string }>("/v1/stock/holds", { lines, channel: "chat" });
  const refused = await server.call("POST", "/v1/stock/holds", { lines });
  expect(refused).toMatchObject({
    status: 409,
    body: { code: "not_available", errors: [{ path: "lines.0.quantity", message: "2 wanted, 1 left" }] },
  });
  await post(`/v1/stock/holds/${hold.id}/renew`, { seconds: 60 });
  expect(await post(`/v1/stock/holds/${hold.id}/commit`, {})).toMatchObject({ state: "committed", expires_at: null });
  expect((await server.call("POST", `/v1/stock/holds/${hold.id}/hand-over`, {})).status).toBe(204);
  expect((await server.call("DELETE", `/v1/stock/holds/${hold.id}`)).status).toBe(409);

  const places = await get<Page<{ id: string; channels: string[] }>>("/v1/stock/locations");
  expect(places.items.map((place) => place.id)).toEqual([WAREHOUSE, IZMIR, JAKARTA]);
  await server.call("PATCH", `/v1/stock/locations/${WAREHOUSE}`, { channels: ["web"] });
  const numbers = await get<Page<{ web: number; channels: Record<string, number> }>>(
    `/v1/availability?variant=${variantIds[0]}`,
  );
  expect(numbers.items[0]).toMatchObject({ web: 1, channels: { web: 1, app: 0 } });

  const wrong = await server.call("PUT", "/v1/order-policy", { zone: "Mars/Olympus", return_days: -1 });
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: "return_days" }, { path: "zone" }] } });
  expect((await server.call("PUT", "/v1/order-policy", { return_days: 14 })).body).toMatchObject({ expiry_hours: 72 });
});
