import type { z } from "zod";

import type { AccountChannel } from "../content/kinds.ts";
import type { AdNetwork } from "./ad-network.ts";
import type { Adapter, ProviderSpec } from "./adapter.ts";
import { googleAds } from "./ads-google.ts";
import { metaAds } from "./ads-meta.ts";
import { callTask } from "./call-builtin.ts";
import { mailbox } from "./email-mailbox.ts";
import { mailgun } from "./email-mailgun.ts";
import { postmark } from "./email-postmark.ts";
import { resend } from "./email-resend.ts";
import { sendgrid } from "./email-sendgrid.ts";
import { ses } from "./email-ses.ts";
import { smtp } from "./email-smtp.ts";
import { lob } from "./letter-lob.ts";
import { printed } from "./letter-print.ts";
import { onsite } from "./onsite-builtin.ts";
import { apns } from "./push-apns.ts";
import { fcm } from "./push-fcm.ts";
import { webPushes } from "./push-web.ts";
import { smsByHttp } from "./sms-http.ts";
import { twilio } from "./sms-twilio.ts";
import { vonage } from "./sms-vonage.ts";
import { metaSocial } from "./social-meta.ts";
import { webhook } from "./webhook-http.ts";
import { whatsappCloud } from "./whatsapp-cloud.ts";

/** Every provider we can send over. */
const ADAPTERS: readonly Adapter[] = [
  ...[smtp, ses, sendgrid, postmark, mailgun, resend, mailbox],
  ...[twilio, vonage, smsByHttp],
  ...[whatsappCloud, metaSocial, webhook],
  ...[webPushes, fcm, apns],
  ...[onsite, callTask, printed, lob],
];

/** Every network whose audiences of ads we can fill. */
export const AD_NETWORKS: readonly AdNetwork[] = [metaAds, googleAds];

export type Provider = ProviderSpec<AccountChannel, z.ZodType, string, string>;

/** Those an account can be made at; the others are there by themselves. */
export const PROVIDERS: readonly Provider[] = [
  ...ADAPTERS.filter(({ provider }) => provider !== "mailbox" && provider !== "builtin" && provider !== "web"),
  ...AD_NETWORKS,
];

export function adapterOf(channel: AccountChannel, provider: string): Adapter | undefined {
  return ADAPTERS.find((one) => one.channel === channel && one.provider === provider);
}

export function providerOf(channel: AccountChannel, provider: string): Provider | undefined {
  return PROVIDERS.find((one) => one.channel === channel && one.provider === provider);
}

export function adNetworkOf(provider: string): AdNetwork | undefined {
  return AD_NETWORKS.find((one) => one.provider === provider);
}
