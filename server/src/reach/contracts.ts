import { z } from "zod";

import { currencyCode } from "../platform/money.ts";

const channel = z.string().regex(/^[a-z][a-z_]{1,19}$/, "a channel such as email or sms");

const channelSettings = z.strictObject({
  /** Of one message, in minor units, which may be parts of one: 0.79 of a cent. */
  cost: z.number().min(0).max(1e6).default(0),
  /** What its provider bills in; absent: the currency of `worth`. */
  currency: currencyCode.optional(),
  used: z.boolean().default(true),
});

const settings = z.strictObject({
  /** What a full reaction (a purchase) is worth, in minor units; weighed against what a message costs. */
  worth: z.number().min(0).max(1e9).default(500),
  /** What `worth` is in. */
  currency: currencyCode.default("EUR"),
  /** The part of choices that is left to chance among all allowed channels, so that nothing is given up for ever. */
  explore: z.number().min(0).max(0.5).default(0.05),
  channels: z.record(channel, channelSettings).default({}),
  /** What one unit of another currency is in that of `worth`, as the retailer reckons; nobody else sets it. */
  rates: z.record(currencyCode, z.number().positive().max(1e9)).default({}),
});

/** How channels are chosen. */
export const reachSettings = settings.superRefine(({ currency: own, channels, rates }, context) => {
  const foreign = new Set(Object.values(channels).flatMap(({ cost, currency = own }) => (cost > 0 ? [currency] : [])));
  for (const one of foreign) {
    if (one !== own && !(one in rates))
      context.addIssue({ code: "custom", path: ["rates", one], message: `say what 1 ${one} is in ${own}` });
  }
});
export type ReachSettings = z.infer<typeof reachSettings>;
export const reachSettingsView = settings.extend({
  changed_by: z.string().nullable(),
  updated_at: z.string().nullable(),
});
export type ReachSettingsView = z.infer<typeof reachSettingsView>;

const range = z.object({ low: z.number(), high: z.number() });

/** What is known of how somebody is reached best, and from what. */
export const reachView = z.object({
  channels: z.array(
    z.object({
      channel: z.string(),
      /** Their own messages of the last half year. */
      sent: z.int(),
      read: z.int(),
      answered: z.int(),
      bought: z.int(),
      /** The worth of one more message, from 0 (nothing happens) to 1 (a purchase), and how sure that is. */
      expected: z.number(),
      range,
      /** Why it is not chosen at present. */
      closed: z.enum(["no_address", "no_consent", "not_used"]).nullable(),
      is_wished: z.boolean(),
    }),
  ),
  /** The channel that is chosen most often now. */
  best: z.string().nullable(),
  zone: z.string(),
  /** Local hours of the week (0 is Monday, midnight), best first. */
  hours: z.array(z.object({ hour: z.int(), expected: z.number() })),
  /** Whether their own reactions say more than those of people like them. */
  is_own: z.boolean(),
});
export type ReachView = z.infer<typeof reachView>;
