import type { KilimProcess } from "../lib/kilim-process.ts";

/** The five that mention the event that is sent: one of each kind that keeps state. */
const MENTIONING: readonly unknown[] = [
  { did: "Product Viewed", count: { op: "gte", value: 3 }, within: "P7D" },
  { did: "Product Viewed", sum: { property: "price", op: "gte", value: 500 }, within: "P30D" },
  { sequence: [{ did: "Product Viewed" }, { did: "Checkout Started" }], within: "PT2H" },
  { did: "Product Viewed", not_followed_by: ["Order Completed"], for: "PT1H" },
  { did: "Product Viewed", where: [{ property: "category", op: "is", value: "category-3" }], last: recent("P7D") },
];

function recent(value: string) {
  return { op: "within_last", value };
}

/** Others, which no view of a product concerns: what people did, what they are and what is computed of them. */
function other(n: number): unknown {
  switch (n % 4) {
    case 0:
      return { did: `Campaign ${n} Opened`, within: "P30D" };
    case 1:
      return {
        all: [
          { trait: "city", op: "is", value: `City ${n}` },
          { trait: "email", op: "exists" },
        ],
      };
    case 2:
      return {
        all: [
          { computed: "orders", op: "gte", value: n },
          { computed: "revenue", op: "gte", value: n * 100 },
        ],
      };
    default:
      return { did: "Order Completed", sum: { property: "revenue", op: "gte", value: n }, within: "P90D" };
  }
}

/** Creates `count` segments, five of which mention "Product Viewed"; returns when all are live. */
export async function defineSegments(kilim: KilimProcess, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await createSegment(kilim, `Segment ${n}`, MENTIONING[n] ?? other(n));
  await untilLive(kilim);
}

export async function createSegment(kilim: KilimProcess, name: string, definition: unknown): Promise<string> {
  return (await ask<{ id: string }>(kilim, "/v1/segments", { name, definition })).id;
}

export async function untilLive(kilim: KilimProcess): Promise<void> {
  for (;;) {
    const { items } = await ask<{ items: { state: string }[] }>(kilim, "/v1/segments?limit=10");
    // Newest first: fills are made in the order in which they were asked for.
    if (items.every(({ state }) => state === "live")) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export async function ask<T>(kilim: KilimProcess, path: string, body?: unknown): Promise<T> {
  const response = await fetch(kilim.url + path, {
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    headers: { authorization: `Bearer ${kilim.apiKey}`, "content-type": "application/json" },
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
