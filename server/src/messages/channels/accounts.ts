import type { Secrets } from "../../platform/secrets.ts";
import type { AccountChannel } from "../content/kinds.ts";
import type { MessagesDeps } from "../deps.ts";
import { type AccountRow, loadDefaultAccount } from "../queries/accounts.pg.ts";
import type { Account } from "./adapter.ts";
import { readMailbox } from "./mail-address.ts";
import { vapidKeys } from "./vapid.ts";

/** An account as it stands now, its secrets opened. */
export interface OpenAccount extends Omit<Account, "id"> {
  /** Null: not one of the table's, but the environment's or the built-in mailbox. */
  readonly id: string | null;
  readonly channel: AccountChannel;
  readonly provider: string;
  readonly ratePerSecond: number | null;
  /** Changes with every change of it. */
  readonly version: string;
}

type Deps = Pick<MessagesDeps, "db" | "secrets" | "smtpUrl" | "mailFrom" | "publicUrl">;

/** The account messages of this channel go over now; null when none is set up. */
export async function accountFor(deps: Deps, channel: AccountChannel): Promise<OpenAccount | null> {
  const row = await loadDefaultAccount(deps.db, channel);
  if (row) return openAccount(deps.secrets, row);
  const bare = { id: null, channel, settings: {}, secrets: {}, endpoint: null, ratePerSecond: null } as const;
  if (BUILT_IN.has(channel)) return { ...bare, provider: "builtin", version: "builtin" };
  if (channel === "push") return { ...bare, ...webPushOf(deps) };
  if (channel !== "email") return null;
  return deps.smtpUrl === null
    ? { ...bare, provider: "mailbox", version: "mailbox" }
    : { ...bare, provider: "smtp", secrets: { url: deps.smtpUrl }, version: deps.smtpUrl };
}

/** What needs no provider: the site shows it, the printer prints it, the phone team calls. */
const BUILT_IN = new Set<AccountChannel>(["onsite", "letter", "call"]);

function webPushOf({ secrets, publicUrl, mailFrom }: Deps) {
  const { publicKey, privateKey } = vapidKeys(secrets);
  const subject = publicUrl.startsWith("https:") ? publicUrl : `mailto:${readMailbox(mailFrom).email}`;
  const settings = { public_key: publicKey, subject };
  return { provider: "web", settings, secrets: { private_key: privateKey }, version: "own" };
}

export function openAccount(secrets: Secrets, row: AccountRow): OpenAccount {
  const { id, channel, provider, settings, endpoint } = row;
  const opened = Object.entries(row.secrets).flatMap(([name, sealed]) => {
    const text = secrets.unseal(sealOf(provider, name), sealed);
    return text === null ? [] : [[name, text] as const];
  });
  return {
    id,
    channel,
    provider,
    settings,
    endpoint,
    secrets: Object.fromEntries(opened),
    ratePerSecond: row.rate_per_second,
    version: String(row.version),
  };
}

export function sealAccount(secrets: Secrets, provider: string, given: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => [name, secrets.seal(sealOf(provider, name), text)]),
  );
}

/** A secret cannot be moved to another provider's, nor to another name. */
function sealOf(provider: string, name: string): string {
  return `messages.${provider}_${name}`;
}
