import type { EmailChannelBody, EmailChannelView } from "./contracts.ts";
import type { MessagesDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { loadChannel, saveChannel } from "./queries/email-channel.pg.ts";
import { isAddress } from "./sending/address-of.ts";

type Deps = Pick<MessagesDeps, "db" | "clock" | "secrets" | "smtpUrl" | "mailFrom">;

/** How mail leaves, as it is set now: the screen's settings, else the environment's. */
export interface EmailChannel {
  readonly smtpUrl: string | null;
  readonly source: "screen" | "environment" | null;
  readonly from: string;
  readonly cap: { readonly messages: number; readonly per: string } | null;
}

const SEAL = "messages.smtp_url";

export async function readEmailChannel(deps: Deps): Promise<EmailChannel> {
  const row = await loadChannel(deps.db, "email");
  const own = row?.smtp_url_sealed ? deps.secrets.unseal(SEAL, row.smtp_url_sealed) : null;
  return {
    smtpUrl: own ?? deps.smtpUrl,
    source: own !== null ? "screen" : deps.smtpUrl !== null ? "environment" : null,
    from: row?.from_address ?? deps.mailFrom,
    cap: row?.cap_messages && row.cap_per ? { messages: row.cap_messages, per: row.cap_per } : null,
  };
}

export async function showEmailChannel(deps: Deps): Promise<EmailChannelView> {
  const channel = await readEmailChannel(deps);
  return {
    channel: "email",
    delivery: channel.smtpUrl === null ? "mailbox" : "smtp",
    smtp_host: channel.smtpUrl === null ? null : hostOf(channel.smtpUrl),
    smtp_source: channel.source,
    from: channel.from,
    frequency_cap: channel.cap,
  };
}

/** What the body does not name stays as it is. */
export async function changeEmailChannel(deps: Deps, body: EmailChannelBody): Promise<EmailChannelView> {
  if (body.from && !isAddress(mailAddress(body.from))) {
    throw refuse("from_not_valid", undefined, [{ path: "from", message: "write it as Name <address@example.com>" }]);
  }
  const row = await loadChannel(deps.db, "email");
  await saveChannel(deps.db, {
    channel: "email",
    from_address: body.from === undefined ? (row?.from_address ?? null) : body.from,
    smtp_url_sealed:
      body.smtp_url === undefined
        ? (row?.smtp_url_sealed ?? null)
        : body.smtp_url && deps.secrets.seal(SEAL, body.smtp_url),
    cap_messages:
      body.frequency_cap === undefined ? (row?.cap_messages ?? null) : (body.frequency_cap?.messages ?? null),
    cap_per: body.frequency_cap === undefined ? (row?.cap_per ?? null) : (body.frequency_cap?.per ?? null),
    now: deps.clock.now().toString(),
  });
  return showEmailChannel(deps);
}

/** `Name <a@b.c>` → `a@b.c`. */
function mailAddress(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
}

function hostOf(smtpUrl: string): string | null {
  return URL.canParse(smtpUrl) ? new URL(smtpUrl).host : null;
}
