import { z } from "zod";

const time = z.string();
const channel = z.string().regex(/^[a-z][a-z_]{1,19}$/, "a channel such as email or sms");
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a local time such as 21:00");
/** Absent or empty: all of them. */
const channels = z.array(channel).max(20).default([]);

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

export const cap = z.strictObject({
  /** `null`: over all channels together. */
  channel: channel.nullable().default(null),
  messages: z.int().min(1).max(1000),
  /** A rolling window, at most 90 days. */
  per: z
    .string()
    .regex(/^P([1-9]\d?D|T[1-9]\d?H)$/, "days or hours, as in P7D or PT12H")
    .refine((per) => !/^P9[1-9]D$/.test(per), "at most P90D"),
});
export type Cap = z.infer<typeof cap>;

export const quietHours = z
  .strictObject({ channels, from: localTime, to: localTime })
  .refine(({ from, to }) => from !== to, { message: "begins when it ends", path: ["to"] });
export type QuietHours = z.infer<typeof quietHours>;

export const sendingWindow = z
  .strictObject({ channels, days: z.array(z.enum(DAYS)).min(1).max(7), from: localTime, to: localTime })
  .refine(({ from, to }) => from < to, { message: "ends before it begins", path: ["to"] });
export type SendingWindow = z.infer<typeof sendingWindow>;

/** What holds for marketing on all paths; what is owed to a person (`transactional`) is exempt. */
export const sendingRules = z.strictObject({
  caps: z.array(cap).max(20).default([]),
  /** In the person's own time zone. */
  quiet_hours: z.array(quietHours).max(20).default([]),
  /** Where a channel has windows, its marketing goes out within them alone. */
  windows: z.array(sendingWindow).max(40).default([]),
});
export type SendingRules = z.infer<typeof sendingRules>;

export const sendingRulesView = sendingRules.extend({ changed_by: z.string().nullable(), updated_at: time.nullable() });
export type SendingRulesView = z.infer<typeof sendingRulesView>;
