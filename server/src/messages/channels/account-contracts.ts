import { z } from "zod";

import { pageOf } from "../../platform/pages.ts";
import { ACCOUNT_CHANNELS } from "../content/kinds.ts";

const json = z.record(z.string().max(60), z.json());

export const accountBody = z.strictObject({
  channel: z.enum(ACCOUNT_CHANNELS),
  /** One of GET /v1/channels/providers. */
  provider: z.string().min(1).max(40),
  name: z.string().trim().min(1).max(120),
  /** What the provider's settings say they are. */
  settings: json.default({}),
  /** By their names; kept sealed and never shown again. One that is not named stays as it is, `null` forgets it. */
  secrets: z.record(z.string().max(60), z.string().min(1).max(10_000).nullable()).default({}),
  /** Instead of the provider's own address. */
  endpoint: z
    .string()
    .max(1_000)
    .regex(/^https?:\/\/[^\s/]+(\/[^\s]*[^\s/])?$/, "https://host, without a slash at the end")
    .nullable()
    .default(null),
  rate_per_second: z.number().min(0.01).max(10_000).nullable().default(null),
  /** Messages of the channel go over it. The first account of a channel is. */
  is_default: z.boolean().default(false),
});
export type AccountBody = z.infer<typeof accountBody>;

/** The short way to a channel's default account. */
export const channelBody = accountBody.omit({ channel: true, is_default: true }).extend({
  name: accountBody.shape.name.optional(),
});
export type ChannelBody = z.infer<typeof channelBody>;

export const accountView = z.object({
  id: z.uuid(),
  channel: z.enum(ACCOUNT_CHANNELS),
  provider: z.string(),
  name: z.string(),
  settings: json,
  /** The names of those that are set. */
  secrets: z.array(z.string()),
  endpoint: z.string().nullable(),
  rate_per_second: z.number().nullable(),
  is_default: z.boolean(),
  /** What the provider is to call with its news; null where it has none to tell. */
  hook_url: z.string().nullable(),
});
export type AccountView = z.infer<typeof accountView>;
export const accountPage = pageOf(accountView);

export const accountCheck = z.object({ ok: z.boolean(), detail: z.string() });
export type AccountCheck = z.infer<typeof accountCheck>;

export const providerList = z.object({
  items: z.array(
    z.object({
      channel: z.enum(ACCOUNT_CHANNELS),
      provider: z.string(),
      title: z.string(),
      /** JSON Schema of its settings. */
      settings: json,
      secrets: z.array(z.string()),
      /** Only for the provider's news. */
      hook_secrets: z.array(z.string()),
      has_hook: z.boolean(),
    }),
  ),
});
export type ProviderList = z.infer<typeof providerList>;

export const channelParams = z.object({ channel: z.enum(ACCOUNT_CHANNELS) });
export const accountParams = z.object({ id: z.uuid() });
