import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createServer, type TestServer } from "../platform/testing/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await createServer();
});
afterAll(() => server.close());

const BAD = ["\0", "\ud800", "x".repeat(40_000)];
const ODD = [
  "",
  "0",
  "null",
  "constructor",
  "toString",
  "a.b",
  "İ",
  "x".repeat(600),
  "{}",
  "1e400",
  " ",
  "\u200b",
  "😀",
];
const text = fc.oneof(
  { weight: 20, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) },
  { weight: 20, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: fc.constantFrom(...BAD) },
);
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1e300, -1e300, 2 ** 53, 1e21, 0.1 + 0.2));
const value = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 3, arbitrary: number },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, [], {}) },
  { weight: 2, arbitrary: fc.array(fc.oneof(text, number), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);
const time = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("2026-03-01T10:00:00Z", "9999-12-31T23:59:59.999Z", "2026-03-01", "") },
  { weight: 8, arbitrary: fc.date({ noInvalidDate: true, min: new Date(0) }).map((date) => date.toISOString()) },
  { weight: 1, arbitrary: fc.constant("0001-01-01T00:00:00Z") },
  { weight: 1, arbitrary: value },
);
const NAMES = [
  "Product Viewed",
  "Product Added",
  "Product Removed",
  "Cart Viewed",
  "Product List Viewed",
  "Order Completed",
  "Order Updated",
  "Order Refunded",
  "Order Cancelled",
  "Consent Changed",
  "Viewed Product",
  "Anything",
];
const KEYS = [
  "product_id",
  "sku",
  "category",
  "price",
  "quantity",
  "order_id",
  "cart_id",
  "revenue",
  "total",
  "currency",
  "products",
  "channel",
  "purpose",
  "state",
  "email",
  "phone",
  "firstName",
  "loyalty_id",
  "size",
];
const facts = fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), text), value, { maxKeys: 8 });
const rows = fc.array(fc.oneof(facts, value), { maxLength: 4 });
const person = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("u1", "u2", "u3", 7) },
  { weight: 1, arbitrary: value },
);
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const event = fc.record({
  type: fc.oneof(
    {
      weight: 30,
      arbitrary: fc.constantFrom("track", "track", "track", "identify", "page", "screen", "group", "alias"),
    },
    { weight: 1, arbitrary: value },
  ),
  event: fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: value }),
  userId: person,
  anonymousId: rarely(person),
  previousId: rarely(person),
  groupId: rarely(value),
  timestamp: rarely(time),
  originalTimestamp: rarely(time),
  sentAt: rarely(time),
  channel: rarely(value),
  integrations: rarely(value),
  traits: fc.oneof(facts, rarely(value)),
  properties: fc.oneof(
    facts,
    fc.tuple(facts, rows).map(([some, products]) => ({ ...some, products })),
    rarely(value),
  ),
  context: fc.oneof(
    rarely(value),
    fc.record({
      channel: value,
      touchpoint: value,
      userAgent: value,
      ip: value,
      library: fc.oneof(facts, value),
      traits: fc.oneof(facts, value),
      device: fc.oneof(fc.record({ id: value }), value),
      externalIds: fc.oneof(
        rows,
        fc.array(fc.record({ type: fc.constantFrom("email", "phone", "x"), id: value })),
        value,
      ),
    }),
  ),
});
const batch = fc.record({
  events: fc.array(event, { minLength: 20, maxLength: 30 }),
  context: rarely(fc.oneof(facts, value)),
  sentAt: rarely(time),
});

test("COL-2 COL-3 whatever JSON comes, each event is refused with a code or arrives once; nothing is set aside, nothing fails", async () => {
  let run = 0;
  let accepted = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(batch, async ({ events, context, sentAt }) => {
      const id = ++run;
      const response = await fetch(`${server.url}/v1/batch`, {
        method: "POST",
        body: JSON.stringify({
          batch: events.map((one, i) => ({ ...one, messageId: `fuzz-${id}-${i}` })),
          context,
          sentAt,
        }),
        headers: { authorization: `Bearer ${server.writeKey}` },
      });
      expect(response.status).toBe(200);
      const { rejected = [] } = (await response.json()) as { rejected?: { index: number; code: string }[] };
      refused += rejected.length;
      accepted += events.length - rejected.length;
      await server.settle();
      const [stored] = await server.history.query<{ n: number; ids: number }>(
        "select count() as n, uniqExact(message_id) as ids from events where startsWith(message_id, {prefix:String})",
        { prefix: `fuzz-${id}-` },
      );
      const quarantine = await server.call<{ items: { reason: string }[] }>("GET", "/v1/quarantine");
      expect(quarantine.body.items).toEqual([]);
      expect(stored).toEqual({ n: events.length - rejected.length, ids: events.length - rejected.length });
    }),
    { numRuns: 20, endOnFailure: false },
  );
  expect(accepted).toBeGreaterThan(refused / 2);
  expect(refused).toBeGreaterThan(0);
  for (const ref of ["u1", "u2", "u3", "7"]) {
    for (const path of ["", "/events"]) {
      expect((await server.call("GET", `/v1/profiles/user_id:${ref}${path}`)).status).toBe(200);
    }
  }
  for (const path of ["/v1/profiles?limit=50", "/v1/overview", "/v1/events?limit=100"]) {
    expect((await server.call("GET", path)).status, path).toBe(200);
  }
});
