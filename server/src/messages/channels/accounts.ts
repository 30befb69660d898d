import type { Secrets } from "../../platform/secrets.ts";
import type { AccountChannel } from "../content/kinds.ts";
import type { MessagesDeps } from "../deps.ts";
import { type AccountRow, loadDefaultAccount } from "../queries/accounts.pg.ts";
import type { Account } from "./adapter.ts";

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

type Deps = Pick<MessagesDeps, "db" | "secrets" | "smtpUrl">;

/** The account messages of this channel go over now; null when none is set up. */
export async function accountFor(deps: Deps, channel: AccountChannel): Promise<OpenAccount | null> {
  const row = await loadDefaultAccount(deps.db, channel);
  if (row) return openAccount(deps.secrets, row);
  if (channel !== "email") return null;
  const bare = { id: null, channel, settings: {}, endpoint: null, ratePerSecond: null } as const;
  return deps.smtpUrl === null
    ? { ...bare, provider: "mailbox", secrets: {}, version: "mailbox" }
    : { ...bare, provider: "smtp", secrets: { url: deps.smtpUrl }, version: deps.smtpUrl };
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
