import { openAccount } from "../channels/accounts.ts";
import type { AdLine, AdNetwork } from "../channels/ad-network.ts";
import { type No, reasonOf } from "../channels/adapter.ts";
import { adNetworkOf } from "../channels/adapters.ts";
import { openAdLine } from "../channels/lines.ts";
import { loadAccount } from "../queries/accounts.pg.ts";
import type { AdAudience } from "./audience.ts";
import type { AudienceDeps } from "./step-audience.ts";

/** The way to an audience at its network. */
export interface AudienceWay {
  readonly network: AdNetwork;
  readonly line: AdLine;
  /** What the network calls the audience. */
  readonly external: string;
}

export async function openWay(
  { db, secrets, http, clock }: Pick<AudienceDeps, "db" | "secrets" | "http" | "clock">,
  { account_id, external_id }: Pick<AdAudience, "account_id" | "external_id">,
): Promise<AudienceWay | No> {
  const row = account_id === null ? undefined : await loadAccount(db, account_id);
  const network = row && adNetworkOf(row.provider);
  if (!row || !network || external_id === null) return { kind: "permanent", reason: "the account is not there" };
  try {
    return { network, external: external_id, line: openAdLine(openAccount(secrets, row), { http, clock }) };
  } catch (error) {
    return { kind: "permanent", reason: reasonOf(error) };
  }
}
