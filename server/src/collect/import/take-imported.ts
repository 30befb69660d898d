import type { Tx } from "../../platform/db.ts";
import { append } from "../append-events.ts";
import type { KilimEvent } from "../contracts.ts";
import { enterKeys, type LedgerFacts, readEntries } from "./queries/imported.pg.ts";

/** What one business key stands for: its events, and whose shard they share. */
export interface ImportedItem {
  readonly key: string;
  readonly digest: string;
  readonly sender: string;
  readonly events: readonly KilimEvent[];
}

export interface Taken {
  readonly accepted: ReadonlySet<string>;
  /** Keys known with other content, and which import of a file took that. */
  readonly changed: ReadonlyMap<string, { readonly importId: string | null }>;
  readonly events: number;
}

/**
 * Enters keys in the ledger and appends the events of those that are new, all in the caller's transaction: a key counts
 * once for ever. No key may stand twice among the items. Wake the inbox after the commit.
 */
export async function takeImported(tx: Tx, facts: LedgerFacts, items: readonly ImportedItem[]): Promise<Taken> {
  const accepted = await enterKeys(tx, facts, items);
  const fresh = items.filter((item) => accepted.has(item.key));
  const senders = new Map(fresh.flatMap(({ events, sender }) => events.map((event) => [event, sender] as const)));
  await append(tx, [...senders.keys()], (event) => senders.get(event) ?? event.messageId);
  const known = items.filter((item) => !accepted.has(item.key));
  const changed = new Map<string, { importId: string | null }>();
  if (known.length > 0) {
    const entries = await readEntries(
      tx,
      facts.kind,
      known.map((item) => item.key),
    );
    for (const { key, digest } of known) {
      const entry = entries.get(key);
      if (entry && entry.digest !== digest) changed.set(key, { importId: entry.importId });
    }
  }
  return { accepted, changed, events: senders.size };
}
