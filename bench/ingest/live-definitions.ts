import type { KilimProcess } from "../lib/kilim-process.ts";

/** Twelve segments of every kind that keeps state, as a retailer has them. */
const SEGMENTS: Readonly<Record<string, unknown>> = {
  "Cart with no order for an hour": {
    all: [
      { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" },
      { computed: "cart.items", op: "gte", value: 1 },
    ],
  },
  "Bought in the last 30 days": { did: "Order Completed", within: "P30D" },
  "Cart abandoners": {
    all: [{ did: "Product Added", within: "P30D" }, { not: { did: "Order Completed", within: "P30D" } }],
  },
  "Lapsed 90 days": { all: [{ did: "Order Completed" }, { not: { did: "Order Completed", within: "P90D" } }] },
  "Viewed three products this week": { did: "Product Viewed", count: { op: "gte", value: 3 }, within: "P7D" },
  "Spent 100 in a quarter": {
    did: "Order Completed",
    sum: { property: "revenue", op: "gte", value: 100 },
    within: "P90D",
  },
  "Added, then went to pay": { sequence: [{ did: "Product Added" }, { did: "Checkout Started" }], within: "PT2H" },
  "Looks at category 3": {
    did: "Product Viewed",
    where: [{ property: "category", op: "is", value: "category-3" }],
    within: "P30D",
  },
  "Went to pay this week": { did: "Checkout Started", last: { op: "within_last", value: "P7D" } },
  "Bought twice": { computed: "orders", op: "gte", value: 2 },
  Izmir: { trait: "city", op: "is", value: "Izmir" },
  "Known by e-mail": { trait: "email", op: "exists" },
};

/** Creates the segments, the journeys that wait on them, and returns the ids of the segments by name. */
export async function defineLive(kilim: KilimProcess): Promise<Map<string, string>> {
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const response = await fetch(kilim.url + path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${kilim.apiKey}`, "content-type": "application/json" },
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const ids = new Map<string, string>();
  for (const [name, definition] of Object.entries(SEGMENTS))
    ids.set(name, (await post<{ id: string }>("/v1/segments", { name, definition })).id);
  const end = { kind: "exit" };
  const journeys = [
    {
      name: "Abandoned cart",
      graph: {
        entry: { kind: "segment", segment_id: ids.get("Cart with no order for an hour") },
        goal: { event: "Order Completed" },
        reentry: { mode: "after", after: "P7D" },
        start: "rest",
        nodes: { rest: { kind: "wait", duration: "P1D", next: "end" }, end },
      },
    },
    {
      name: "Went to pay",
      graph: {
        entry: { kind: "event", event: "Checkout Started" },
        reentry: { mode: "always" },
        start: "order",
        nodes: {
          order: { kind: "wait_event", event: "Order Completed", timeout: "P1D", next: "end", on_timeout: "end" },
          end,
        },
      },
    },
    {
      name: "After an order",
      graph: {
        entry: { kind: "event", event: "Order Completed", key: "order_id" },
        reentry: { mode: "always" },
        start: "rest",
        nodes: { rest: { kind: "wait", duration: "P14D", next: "end" }, end },
      },
    },
  ];
  for (const journey of journeys) {
    const { id } = await post<{ id: string }>("/v1/journeys", journey);
    await post(`/v1/journeys/${id}/publish`, {});
  }
  for (;;) {
    const found = await fetch(`${kilim.url}/v1/segments?limit=500`, {
      headers: { authorization: `Bearer ${kilim.apiKey}` },
    });
    const { items } = (await found.json()) as { items: { state: string }[] };
    if (items.every(({ state }) => state === "live")) return ids;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
