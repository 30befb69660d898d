import { z } from "zod";

import { money } from "../../platform/money.ts";
import { pageOf } from "../../platform/pages.ts";
import { RFM_GROUP_NAMES } from "./groups.ts";

const score = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
const scores = z.array(score).min(1).max(5);

/** `{ "rfm": "champions" }` or `{ "rfm": { "recency": [4, 5], "monetary": [5] } }`. */
export const rfmCondition = z.strictObject({
  rfm: z.union(
    [
      z.enum(RFM_GROUP_NAMES),
      z
        .strictObject({ recency: scores.optional(), frequency: scores.optional(), monetary: scores.optional() })
        .refine((asked) => Object.keys(asked).length > 0),
    ],
    {
      error: `a group (${RFM_GROUP_NAMES.join(", ")}) or scores from 1 to 5, e.g. { "recency": [4, 5], "monetary": [5] }`,
    },
  ),
});

const version = z.object({
  id: z.int(),
  computed_at: z.string(),
  people: z.int().describe("Customers of whom the boundaries were made: those who ordered within the window"),
  recency: z.array(z.int()).describe("For scores 2 to 5: the last order is less than so many days old"),
  frequency: z.array(z.int()).describe("For scores 2 to 5: more orders than this within the window"),
  monetary: z
    .array(z.object({ currency: z.string().nullable(), amounts: z.array(z.number()) }))
    .describe("For scores 2 to 5: more revenue than this within the window, in one of the currencies"),
});
export const versionPage = pageOf(version);

const cell = z.object({
  recency: score,
  frequency: score,
  people: z.int(),
  revenue: z.array(money).describe("Within the window, in minor units"),
});

export const rfmView = z.object({
  version: version.nullable().describe("Null until enough people have ordered"),
  next_at: z.string().describe("When the boundaries are computed again"),
  window_days: z.int(),
  fewest_people: z.int(),
  cells: z.array(cell).describe("Those in which somebody stands"),
  unscored: z.int().describe("Customers whose last order is older than the window"),
  groups: z.array(
    z.object({ name: z.enum(RFM_GROUP_NAMES), recency: z.array(score), frequency: z.array(score), people: z.int() }),
  ),
});
export type RfmView = z.infer<typeof rfmView>;
