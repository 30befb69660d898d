import { readEmailChannel } from "../channel-settings.ts";
import type { Channel } from "../content/kinds.ts";
import type { MessagesDeps } from "../deps.ts";
import { loadAccountsOf } from "../queries/accounts.pg.ts";
import { accountFor, type OpenAccount, openAccount } from "./accounts.ts";
import { readDevice } from "./device-address.ts";

/** How messages of a channel leave now. */
export interface Way {
  /** The sender's name and address, where a channel has one. */
  readonly from: string;
  /** The account for this place; null when none is set up. */
  accountOf(to: string): OpenAccount | null;
}

type Deps = Pick<MessagesDeps, "db" | "clock" | "secrets" | "smtpUrl" | "mailFrom" | "publicUrl">;

export async function readWay(deps: Deps, channel: Channel): Promise<Way> {
  if (channel === "email") {
    const { from, account } = await readEmailChannel(deps);
    return { from, accountOf: () => account };
  }
  const standard = await accountFor(deps, channel);
  if (channel !== "push") return { from: "", accountOf: () => standard };
  // Each kind of device has a service of its own.
  const own = (await loadAccountsOf(deps.db, channel)).map((row) => openAccount(deps.secrets, row));
  const accounts = standard === null ? own : [standard, ...own];
  return { from: "", accountOf: (to) => accounts.find(({ provider }) => provider === readDevice(to)?.kind) ?? null };
}
