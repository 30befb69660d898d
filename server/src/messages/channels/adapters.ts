import type { z } from "zod";

import type { AccountChannel } from "../content/kinds.ts";
import type { Adapter, ProviderSpec } from "./adapter.ts";
import { mailbox } from "./email-mailbox.ts";
import { mailgun } from "./email-mailgun.ts";
import { postmark } from "./email-postmark.ts";
import { resend } from "./email-resend.ts";
import { sendgrid } from "./email-sendgrid.ts";
import { ses } from "./email-ses.ts";
import { smtp } from "./email-smtp.ts";

/** Every provider we can send over. */
const ADAPTERS: readonly Adapter[] = [smtp, ses, sendgrid, postmark, mailgun, resend, mailbox];

export type Provider = ProviderSpec<AccountChannel, z.ZodType, string, string>;

/** Those an account can be made at. */
export const PROVIDERS: readonly Provider[] = ADAPTERS.filter((one) => one !== mailbox);

export function adapterOf(channel: AccountChannel, provider: string): Adapter | undefined {
  return ADAPTERS.find((one) => one.channel === channel && one.provider === provider);
}

export function providerOf(channel: AccountChannel, provider: string): Provider | undefined {
  return PROVIDERS.find((one) => one.channel === channel && one.provider === provider);
}
