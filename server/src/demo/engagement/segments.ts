import { stableId } from "../assortment/stable-id.ts";

export interface DemoSegment {
  readonly id: string;
  readonly name: string;
  readonly definition: unknown;
}

const segment = (order: number, name: string, definition: unknown): DemoSegment => ({
  id: stableId("segment", name, order),
  name,
  definition,
});

/** Whoever has something in the cart and has bought nothing for an hour: the abandoned-cart journey begins here. */
export const cartSegment = segment(1, "Cart with no order for an hour", {
  all: [
    { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" },
    { computed: "cart.items", op: "gte", value: 1 },
  ],
});

export const demoSegments: readonly DemoSegment[] = [
  cartSegment,
  segment(2, "Bought in the last 30 days", { did: "Order Completed", within: "P30D" }),
  segment(3, "Cart abandoners", {
    all: [{ did: "Product Added", within: "P30D" }, { not: { did: "Order Completed", within: "P30D" } }],
  }),
  segment(4, "Lapsed 90 days", {
    all: [{ did: "Order Completed" }, { not: { did: "Order Completed", within: "P90D" } }],
  }),
  segment(5, "Store customers", { did: "Order Completed", channel: "store" }),
  // Her town as she writes it and as the keyboard abroad does.
  segment(6, "Izmir", { trait: "city", op: "in", value: ["İzmir", "Izmir"] }),
  segment(7, "Champions", { rfm: "champions" }),
  segment(8, "At risk", { rfm: "at_risk" }),
  segment(9, "Two-channel customers", { computed: "order_channels", op: "is", value: 2 }),
  segment(10, "Browsers without purchase", {
    all: [
      { did: "Product Viewed", count: { op: "gte", value: 3 }, within: "P30D" },
      { not: { did: "Order Completed" } },
    ],
  }),
];
