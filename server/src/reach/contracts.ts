import { z } from "zod";

const channel = z.string().regex(/^[a-z][a-z_]{1,19}$/, "a channel such as email or sms");

/** How channels are chosen. */
export const reachSettings = z.strictObject({
  /** What a full reaction (a purchase) is worth, in minor units; weighed against what a message costs. */
  worth: z.number().min(0).max(1e9).default(500),
  /** The part of choices that is left to chance among all allowed channels, so that nothing is given up for ever. */
  explore: z.number().min(0).max(0.5).default(0.05),
  channels: z
    .record(channel, z.strictObject({ cost: z.number().min(0).max(1e6).default(0), used: z.boolean().default(true) }))
    .default({}),
});
export type ReachSettings = z.infer<typeof reachSettings>;
export const reachSettingsView = reachSettings.extend({
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
