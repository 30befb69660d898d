import type { OpenAccount } from "./accounts.ts";
import type { AdLine } from "./ad-network.ts";
import type { Line, Tools } from "./adapter.ts";
import { adapterOf, adNetworkOf } from "./adapters.ts";

/** The lines that are open; a changed account takes effect with the next message. */
export class Lines {
  readonly #tools: Tools;
  readonly #open = new Map<string, { readonly version: string; readonly line: Line }>();

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** Throws a ZodError when the account's settings are not (any more) what its adapter needs. */
  of(account: OpenAccount): Line {
    const key = `${account.channel} ${account.id}`;
    const version = `${account.provider} ${account.version}`;
    const known = this.#open.get(key);
    if (known?.version === version) return known.line;
    const line = openLine(account, this.#tools);
    known?.line.retire();
    this.#open.set(key, { version, line });
    return line;
  }

  close(): void {
    for (const { line } of this.#open.values()) line.close();
    this.#open.clear();
  }
}

/** A line of its own, for one question; whoever opens it closes it. */
export function openLine(account: OpenAccount, tools: Tools): Line {
  const adapter = adapterOf(account.channel, account.provider);
  if (!adapter) throw new Error(`no adapter for ${account.channel} by ${account.provider}`);
  const settings = adapter.settings.parse(account.settings);
  return adapter.open({ ...account, id: account.id ?? account.provider, settings }, tools);
}

/** The way to an ad network's account; it holds nothing open. */
export function openAdLine(account: OpenAccount, tools: Pick<Tools, "http" | "clock">): AdLine {
  const network = adNetworkOf(account.provider);
  if (!network) throw new Error(`no ad network ${account.provider}`);
  return network.open({ ...account, id: account.id ?? "", settings: network.settings.parse(account.settings) }, tools);
}
