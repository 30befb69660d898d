import { inTransaction } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { accountFor, type OpenAccount, sealAccount } from "./channels/accounts.ts";
import type { EmailChannelBody, EmailChannelView } from "./contracts.ts";
import type { MessagesDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { loadDefaultAccount, lockAccounts, removeAccount, saveAccount } from "./queries/accounts.pg.ts";
import { loadChannel, saveChannel } from "./queries/email-channel.pg.ts";
import { isAddress } from "./sending/address-of.ts";

type Deps = Pick<MessagesDeps, "db" | "clock" | "secrets" | "smtpUrl" | "mailFrom" | "publicUrl">;

/** How mail leaves, as it is set now: the screen's settings, else the environment's. */
export interface EmailChannel {
  readonly account: OpenAccount;
  readonly from: string;
  readonly cap: { readonly messages: number; readonly per: string } | null;
}

export async function readEmailChannel(deps: Deps): Promise<EmailChannel> {
  const [row, account] = await Promise.all([loadChannel(deps.db, "email"), mailAccount(deps)]);
  return {
    account,
    from: row?.from_address ?? deps.mailFrom,
    cap: row?.cap_messages && row.cap_per ? { messages: row.cap_messages, per: row.cap_per } : null,
  };
}

export async function showEmailChannel(deps: Deps): Promise<EmailChannelView> {
  const { account, from, cap } = await readEmailChannel(deps);
  const smtpUrl = account.provider === "smtp" ? (account.secrets.url ?? "") : null;
  return {
    channel: "email",
    provider: account.provider,
    delivery: account.provider === "mailbox" ? "mailbox" : smtpUrl === null ? "provider" : "smtp",
    smtp_host: smtpUrl === null ? null : hostOf(smtpUrl),
    smtp_source: smtpUrl === null ? null : account.id === null ? "environment" : "screen",
    from,
    frequency_cap: cap,
  };
}

/** What the body does not name stays as it is. */
export async function changeEmailChannel(deps: Deps, body: EmailChannelBody): Promise<EmailChannelView> {
  if (body.from && !isAddress(mailAddress(body.from))) {
    throw refuse("from_not_valid", undefined, [{ path: "from", message: "write it as Name <address@example.com>" }]);
  }
  const now = deps.clock.now().toString();
  await inTransaction(deps.db, async (tx) => {
    const row = await loadChannel(tx, "email");
    await saveChannel(tx, {
      channel: "email",
      from_address: body.from === undefined ? (row?.from_address ?? null) : body.from,
      cap_messages:
        body.frequency_cap === undefined ? (row?.cap_messages ?? null) : (body.frequency_cap?.messages ?? null),
      cap_per: body.frequency_cap === undefined ? (row?.cap_per ?? null) : (body.frequency_cap?.per ?? null),
      now,
    });
    if (body.smtp_url !== undefined) await setSmtp({ ...deps, db: tx }, body.smtp_url, now);
  });
  return showEmailChannel(deps);
}

/** The short way to an SMTP account: it becomes the default; `null` takes it away again. */
async function setSmtp(deps: Deps, url: string | null, now: string): Promise<void> {
  await lockAccounts(deps.db, "email");
  const standing = await loadDefaultAccount(deps.db, "email");
  const known = standing?.provider === "smtp" ? standing : null;
  if (url === null) {
    if (known) await removeAccount(deps.db, known.id);
    return;
  }
  await saveAccount(deps.db, {
    id: known?.id ?? newId(deps.clock),
    channel: "email",
    provider: "smtp",
    name: known?.name ?? "SMTP",
    settings: {},
    secrets: sealAccount(deps.secrets, "smtp", { url }),
    endpoint: null,
    rate_per_second: known?.rate_per_second ?? null,
    is_default: true,
    now,
  });
}

async function mailAccount(deps: Deps): Promise<OpenAccount> {
  const account = await accountFor(deps, "email");
  if (!account) throw new Error("mail always has an account: at least the mailbox");
  return account;
}

/** `Name <a@b.c>` → `a@b.c`. */
function mailAddress(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
}

function hostOf(smtpUrl: string): string | null {
  return URL.canParse(smtpUrl) ? new URL(smtpUrl).host : null;
}
