import fc from "fast-check";

import type { Json, JsonObject } from "../../platform/json.ts";
import {
  type Condition,
  type During,
  type EdgeTest,
  type EventFilter,
  type Grammar,
  type NumberTest,
  PERIODS,
  type PropertyTest,
  type SequenceStep,
} from "../contracts.ts";
import type { PastEvent } from "../predicates/event-predicate.ts";
import type { Facts } from "../predicates/profile-predicate.ts";

/** Of the conditions known here only. */
export const grammar: Grammar = { kinds: [], timeZone: "America/New_York" };

/** Random trees and histories on a coarse grid of times, so that equal times and exact ends of windows are common. */
export const START = Date.parse("2024-02-26T00:00:00Z");
export const STEP = 600_000;
export const GRID = 400;

const names = fc.constantFrom("Order Completed", "Product Added", "Product Viewed");
const channels = fc.constantFrom("web", "store");
export const windows = fc.constantFrom("PT10M", "PT30M", "PT2H", "P1D", "P2D", "PT1S");
export const LIST = "019a0000-0000-7000-8000-000000000001";

const amounts = fc.constantFrom<(number | string)[]>(0, 10, 10.5, 50, 99.99, -20, "50", "10.10", "no", "");
const properties: fc.Arbitrary<JsonObject> = fc.record(
  {
    revenue: amounts,
    category: fc.constantFrom("shoes", "sofa", 'Shoe\'s \\ "x"', "çanta"),
    gift: fc.boolean(),
    products: fc.array(fc.record({ category: fc.constantFrom("shoes", "sofa"), price: amounts }), { maxLength: 3 }),
    shipped: fc.constantFrom("2024-02-27", "2024-02-28T10:00:00Z", "soon"),
  },
  { requiredKeys: [] },
);

/** Half of them on a grid of six hours, where they meet one another and the edges of days. */
export const at = fc
  .oneof(
    fc.integer({ min: 0, max: GRID }),
    fc.integer({ min: 0, max: 11 }).map((quarter) => quarter * 36),
  )
  .map((step) => START + step * STEP);

export const historyEvent: fc.Arbitrary<PastEvent> = fc.record({ name: names, channel: channels, properties, at });
export const history = fc.array(historyEvent, { maxLength: 14 });

const propertyTest: fc.Arbitrary<PropertyTest> = fc.oneof(
  fc.record({
    property: fc.constantFrom("revenue", "products.price"),
    op: fc.constantFrom("gt", "gte", "lt", "lte"),
    value: fc.constantFrom(10, 50, 10.1),
  }),
  fc.record({
    property: fc.constantFrom("category", "products.category"),
    op: fc.constantFrom("is", "is_not"),
    value: fc.constantFrom("shoes", "çanta"),
  }),
  fc.record({
    property: fc.constant("category"),
    op: fc.constantFrom("in", "not_in"),
    value: fc.constant(["shoes", 'Shoe\'s \\ "x"', 5]),
  }),
  fc.record({
    property: fc.constantFrom("category", "products.category"),
    op: fc.constantFrom("contains", "starts_with"),
    value: fc.constantFrom("sho", "o", "'", "\\"),
  }),
  fc.record({
    property: fc.constantFrom("gift", "products", "products.price", "revenue"),
    op: fc.constantFrom("exists", "not_exists"),
  }),
  fc.record({
    property: fc.constantFrom("gift", "revenue"),
    op: fc.constantFrom("is", "is_not"),
    value: fc.constantFrom<(boolean | number | string)[]>(true, false, 50, "50"),
  }),
  fc.record({
    property: fc.constant("shipped"),
    op: fc.constantFrom("before", "after"),
    value: fc.constantFrom("2024-02-28", "2024-02-28T10:00:00Z"),
  }),
);

const eventFilter: fc.Arbitrary<EventFilter> = fc.record(
  {
    did: names,
    where: fc.array(propertyTest, { maxLength: 2 }),
    channel: fc.oneof(channels, fc.constant(["web", "store"])),
  },
  { requiredKeys: ["did"] },
);
export const zones = fc.constantFrom("UTC", "America/New_York", "Europe/Istanbul", "Asia/Kathmandu", "Pacific/Apia");
const during: fc.Arbitrary<During> = fc.oneof(
  fc.constantFrom(...PERIODS),
  fc.constantFrom(
    { from: "2024-02-27", until: "2024-02-28" },
    { from: "2024-02-26T10:00:00Z", until: "2024-02-29" },
    { from: "2024-02-01", until: "2024-02-27T10:00:00Z" },
  ),
);
const duringIn = fc.record({ during, zone: zones });
const count: fc.Arbitrary<NumberTest> = fc.record({
  op: fc.constantFrom("gte", "gt", "lte", "lt", "eq"),
  value: fc.integer({ min: 0, max: 4 }),
});
const sum = fc.record({
  property: fc.constantFrom("revenue", "products.price"),
  op: fc.constantFrom("gte", "gt", "lte", "lt", "eq"),
  value: fc.constantFrom(0, 50, 60.5),
});
const edge: fc.Arbitrary<EdgeTest> = fc.oneof(
  fc.record({ op: fc.constantFrom("within_last", "not_within_last"), value: windows }),
  fc.record({ op: fc.constantFrom("before", "after"), value: fc.constantFrom("2024-02-27", "2024-02-27T10:00:00Z") }),
);

const filtered = fc.oneof(fc.record({ did: names }), eventFilter);
const laterStep: fc.Arbitrary<SequenceStep> = fc
  .tuple(filtered, fc.option(fc.array(names, { minLength: 1, maxLength: 2 }), { nil: undefined }))
  .map(([filter, without]) => ({ ...filter, without }));
/** Each kind of condition on what people did. */
export const eventLeaves = {
  count: fc
    .tuple(filtered, fc.record({ count, within: windows }, { requiredKeys: [] }))
    .map(([filter, rest]) => ({ ...filter, ...rest })),
  countDuring: fc.tuple(filtered, count, duringIn).map(([filter, count, span]) => ({ ...filter, count, ...span })),
  sum: fc
    .tuple(filtered, sum, fc.option(windows, { nil: undefined }))
    .map(([filter, sum, within]) => ({ ...filter, sum, within })),
  sumDuring: fc.tuple(filtered, sum, duringIn).map(([filter, sum, span]) => ({ ...filter, sum, ...span })),
  first: fc.tuple(filtered, edge).map(([filter, first]) => ({ ...filter, first })),
  last: fc.tuple(filtered, edge).map(([filter, last]) => ({ ...filter, last })),
  edgeDuring: fc
    .tuple(filtered, fc.constantFrom("first", "last"), duringIn)
    .map(([filter, which, { during, zone }]) => ({
      ...filter,
      [which]: { op: "during" as const, value: during },
      zone,
    })),
  sequence: fc.record({
    sequence: fc
      .tuple(filtered, fc.array(laterStep, { minLength: 1, maxLength: 2 }))
      .map(([first, rest]) => [first, ...rest]),
    within: fc.oneof(windows, fc.constantFrom("P2D", "P3D")),
  }),
  notFollowed: fc
    .tuple(filtered, fc.record({ not_followed_by: fc.array(names, { minLength: 1, maxLength: 2 }), for: windows }))
    .map(([filter, rest]) => ({ ...filter, ...rest })),
  moreOften: fc.tuple(filtered, filtered).map(([filter, more_often_than]) => ({ ...filter, more_often_than })),
} satisfies Record<string, fc.Arbitrary<Condition>>;

const dates = fc.constantFrom("born", "seen", "tags.since");
const daysSince = fc.constantFrom("days_since_last_order", "days_since_first_order", "days_since_last_seen");
/** Each kind of condition on what people are. */
export const profileLeaves = {
  value: fc.record({
    trait: fc.constantFrom("city", "tags", "address.city"),
    op: fc.constantFrom("is", "is_not"),
    value: fc.constantFrom("Izmir", "vip"),
  }),
  text: fc.oneof(
    fc.record({
      trait: fc.constantFrom("city", "tags", "address.city"),
      op: fc.constantFrom("in", "not_in"),
      value: fc.constantFrom(["Izmir", "vip"], ["Ankara"]),
    }),
    fc.record({
      trait: fc.constantFrom("city", "tags", "age"),
      op: fc.constantFrom("contains", "starts_with"),
      value: fc.constantFrom("zm", "I", "vip", "7"),
    }),
    fc.record({
      trait: fc.constantFrom("city", "tags", "address", "location.lat", "age"),
      op: fc.constantFrom("exists", "not_exists"),
    }),
  ),
  amount: fc.record({
    trait: fc.constantFrom("age", "city"),
    op: fc.constantFrom("gt", "gte", "lt", "lte"),
    value: fc.constantFrom(7, 7.5, 20),
  }),
  date: fc.record({
    trait: dates,
    op: fc.constantFrom("before", "after"),
    value: fc.constantFrom("2024-02-27", "1990-03-01", "2024-02-27T10:00:00Z"),
  }),
  near: fc.record({
    near: fc.record({ lat: fc.constant(38.42), lon: fc.constant(27.14), km: fc.constantFrom(1, 25, 400) }),
  }),
  relative: fc.record({ trait: dates, op: fc.constantFrom("within_last", "within_next"), value: windows }),
  anniversary: fc.record({
    trait: dates,
    op: fc.constant("anniversary_within"),
    value: fc.constantFrom("P1D", "P7D", "PT1H", "P300D", "P365D"),
    zone: zones,
  }),
  traitDuring: fc.record({ trait: dates, op: fc.constant("during" as const), value: during, zone: zones }),
  computedDuring: fc.record({
    computed: fc.constant("last_order_at"),
    op: fc.constant("during" as const),
    value: during,
    zone: zones,
  }),
  daysSince: fc.oneof(
    fc.record({
      computed: daysSince,
      op: fc.constantFrom("gte", "gt", "lt", "lte"),
      value: fc.constantFrom(0, 1, 1.5, 2, 30),
    }),
    fc.record({ computed: daysSince, op: fc.constantFrom("is", "is_not"), value: fc.constantFrom(0, 1, 30) }),
  ),
  averageOrder: fc.record({
    computed: fc.constant("average_order"),
    op: fc.constantFrom("gte", "lt"),
    value: fc.constantFrom(0, 1000, 2500),
  }),
  number: fc.record({
    computed: fc.constantFrom("orders", "cart.items"),
    op: fc.constantFrom("gte", "lt"),
    value: fc.integer({ min: 0, max: 3 }),
  }),
  random: fc.record({
    random: fc.record({ percent: fc.constantFrom(10, 50, 90, 100), seed: fc.constantFrom("a", "b") }),
  }),
  consent: fc.record({
    consent: fc.constantFrom("email", "sms"),
    purpose: fc.constantFrom(undefined, "marketing", "receipts"),
    state: fc.constantFrom("granted", "denied", "unknown"),
  }),
  list: fc.constant({ in_list: LIST }),
} satisfies Record<string, fc.Arbitrary<Condition>>;

function treeOf(leaf: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
  return fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie("node").map((not) => ({ not })),
    ),
  })).node;
}
/** Trees that ask nothing but what people did. */
const eventLeaf = fc.oneof(...Object.values<fc.Arbitrary<Condition>>(eventLeaves));
const profileLeaf = fc.oneof(...Object.values<fc.Arbitrary<Condition>>(profileLeaves));
export const eventTree = treeOf(eventLeaf);
export const tree = treeOf(fc.oneof({ weight: 3, arbitrary: eventLeaf }, { weight: 2, arbitrary: profileLeaf }));

export const facts: fc.Arbitrary<Facts> = fc
  .record({
    traits: fc.record(
      {
        city: fc.constantFrom("Izmir", "Ankara"),
        tags: fc.constantFrom<(readonly string[] | JsonObject)[]>(["vip", "new"], [], { since: "2024-02-29" }),
        address: fc.constantFrom<JsonObject[]>({ city: "Izmir" }, { city: "Urla", latitude: "38.32", lng: 26.77 }),
        location: fc.constantFrom<Json[]>({ lat: 38.4192, lon: 27.1287 }, { lat: 41.01, lon: 28.98 }, "Izmir", {
          lat: 99,
          lon: 0,
        }),
        age: fc.constantFrom<Json[]>(7, "7.5", "seven", 20, true, null),
        born: fc.constantFrom("2000-02-29", "1990-03-01", "1985-12-31", "2024-03-01", "unknown"),
        seen: fc.oneof(
          at.map((ms) => new Date(ms).toISOString()),
          fc.constant("2024-02-27"),
        ),
      },
      { requiredKeys: [] },
    ),
    id: fc.uuid({ version: 7 }),
    lastOrder: fc.option(at, { freq: 4 }),
    orders: fc.integer({ min: 0, max: 3 }),
    items: fc.integer({ min: 0, max: 2 }),
    email: fc.option(fc.constantFrom("granted" as const, "denied" as const)),
    purpose: fc.constantFrom("marketing", "receipts"),
  })
  .map(({ id, traits, lastOrder, orders, items, email, purpose }) => ({
    id,
    traits: traits as JsonObject,
    computed: {
      ...emptyComputed,
      orders,
      revenue: orders * 1250 - 500,
      last_order_at: lastOrder === null ? null : new Date(lastOrder).toISOString(),
      cart: { items, value: 0, updated_at: null },
    },
    consent:
      email === null ? {} : { email: { [purpose]: { state: email, at: "2024-01-01T00:00:00.000Z", source: "test" } } },
    first_seen: "2024-01-01T00:00:00.000Z",
    last_seen: "2024-01-01T00:00:00.000Z",
  }));

export const emptyComputed: Facts["computed"] = {
  first_order_at: null,
  last_order_at: null,
  orders: 0,
  revenue: 0,
  currency: null,
  channels: {},
  order_channels: 0,
  preferred_channel: null,
  preferred_store: null,
  last_category: null,
  time_zone: null,
  recently_viewed: [],
  sizes: {},
  cart: { items: 0, value: 0, updated_at: null },
  lists: { items: 0, value: 0, updated_at: null },
  devices: 0,
  events: 0,
};
