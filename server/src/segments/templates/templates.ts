import type { Condition } from "../contracts.ts";
import { RFM_GROUP_NAMES, type RfmCondition, type RfmGroup } from "../rfm/groups.ts";
import { lifecycle, type Stage } from "./lifecycle.ts";
import type { TemplateView } from "./shapes.ts";

/** What differs from retailer to retailer. */
export interface OwnValues {
  /** Days between two orders of the median customer. */
  readonly rhythm: number;
  readonly category: string | null;
  readonly size: string | null;
}

interface Template extends Omit<TemplateView, "definition" | "values"> {
  readonly definition: Condition | RfmCondition;
  readonly values?: TemplateView["values"];
}

/** The ready-made segments with the retailer's own values filled in; those whose value is not known are left out. */
export function templatesFor(own: OwnValues): TemplateView[] {
  return [...value(), ...stages(own), ...channels(), ...intent(), ...taste(own)].map((template) => ({
    values: {},
    ...template,
  }));
}

const GROUPS: Readonly<Record<RfmGroup, readonly [name: string, description: string]>> = {
  champions: ["Champions", "Ordered very lately and order most often."],
  loyal: ["Loyal customers", "Order often, and have not been away for long."],
  potential_loyalists: ["Potential loyalists", "Ordered lately and begin to come back."],
  new_customers: ["Newcomers", "Ordered very lately and seldom before."],
  promising: ["Promising", "Ordered lately and seldom before."],
  need_attention: ["Need attention", "In the middle on both: a nudge may keep them."],
  about_to_sleep: ["About to sleep", "Order seldom and have been away for a while."],
  at_risk: ["At risk", "Ordered rather often and have been away for long."],
  cannot_lose: ["Cannot lose them", "Ordered most often and have been away for long."],
  hibernating: ["Hibernating", "Order seldom and have been away for long."],
};

function value(): Template[] {
  return [
    ...RFM_GROUP_NAMES.map((group): Template => {
      const [name, description] = GROUPS[group];
      return { key: group, group: "value", name, description, definition: { rfm: group } };
    }),
    {
      key: "big_spenders",
      group: "value",
      name: "Big spenders",
      description: "The fifth of the customers that spent most within a year.",
      definition: { rfm: { monetary: [5] } },
    },
  ];
}

function stages({ rhythm }: OwnValues): Template[] {
  const stage = (key: Stage, name: string, description: string): Template => ({
    key: `lifecycle_${key}`,
    group: "lifecycle",
    name,
    description,
    definition: lifecycle(key, rhythm),
    values: { days: rhythm, twice: rhythm * 2, four_times: rhythm * 4 },
  });
  return [
    stage("new", "New customers", `First order within the last ${rhythm} days.`),
    stage("active", "Active customers", `No longer new; ordered within the last ${rhythm * 2} days.`),
    stage("at_risk", "Slipping away", `Last order ${rhythm * 2} to ${rhythm * 4} days ago.`),
    stage("lapsed", "Lapsed customers", `Last order longer than ${rhythm * 4} days ago.`),
  ];
}

function channels(): Template[] {
  const bought = (key: string, name: string, description: string, definition: Condition): Template => ({
    key,
    group: "channels",
    name,
    description,
    definition,
  });
  return [
    bought("one_channel", "One-channel customers", "Have ordered on a single channel.", {
      computed: "order_channels",
      op: "is",
      value: 1,
    }),
    bought("two_channels", "Two-channel customers", "Have ordered on two channels.", {
      computed: "order_channels",
      op: "is",
      value: 2,
    }),
    bought("three_channels", "Three-channel customers", "Have ordered on three channels or more.", {
      computed: "order_channels",
      op: "gte",
      value: 3,
    }),
  ];
}

function intent(): Template[] {
  return [
    {
      key: "cart_abandoners",
      group: "intent",
      name: "Cart abandoners",
      description: "Put something into the cart, an hour has passed without an order, and it still lies there.",
      definition: {
        all: [
          { did: "Product Added", not_followed_by: ["Order Completed"], for: "PT1H" },
          { computed: "cart.items", op: "gte", value: 1 },
        ],
      },
    },
    {
      key: "checkout_abandoners",
      group: "intent",
      name: "Checkout abandoners",
      description: "Began to pay within the last 7 days, and an hour has passed without an order.",
      definition: {
        all: [
          { did: "Checkout Started", not_followed_by: ["Order Completed"], for: "PT1H" },
          { did: "Checkout Started", within: "P7D" },
        ],
      },
    },
    {
      key: "browsers",
      group: "intent",
      name: "Browsers without purchase",
      description: "Looked at three products or more within the last 30 days and have never ordered.",
      definition: {
        all: [
          { did: "Product Viewed", count: { op: "gte", value: 3 }, within: "P30D" },
          { not: { did: "Order Completed" } },
        ],
      },
    },
    {
      key: "dormant",
      group: "intent",
      name: "Dormant for 30 days",
      description: "Have not been seen on any channel for 30 days.",
      definition: { not: { computed: "last_seen", op: "within_last", value: "P30D" } },
    },
  ];
}

function taste({ category, size }: OwnValues): Template[] {
  const bought = (
    property: string,
    test: { op: "exists" } | { op: "is"; value: string },
    times: number,
  ): Condition => ({
    did: "Order Completed",
    where: [{ property, ...test }],
    count: { op: "gte", value: times },
    within: "P365D",
  });
  return [
    ...(category === null
      ? []
      : [
          {
            key: "category_lovers",
            group: "taste" as const,
            name: `Lovers of ${category}`,
            description: `Ordered from ${category} at least twice within a year.`,
            definition: bought("products.category", { op: "is", value: category }, 2),
            values: { category },
          },
        ]),
    {
      key: "size_known",
      group: "taste",
      name: "Likely size known",
      description: "Ordered something with a size within a year.",
      definition: bought("products.size", { op: "exists" }, 1),
    },
    ...(size === null
      ? []
      : [
          {
            key: "wears_size",
            group: "taste" as const,
            name: `Wear size ${size}`,
            description: `Ordered something in size ${size} within a year.`,
            definition: bought("products.size", { op: "is", value: size }, 1),
            values: { size },
          },
        ]),
  ];
}
