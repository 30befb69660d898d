import { createHash } from "node:crypto";

import type { Bus } from "../../platform/bus.ts";
import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction } from "../../platform/db.ts";
import type { IntakeSettings } from "../../platform/intake-settings.ts";
import { append } from "../append-events.ts";
import { findBadText, isDeeper } from "../check-json.ts";
import type { KilimEvent } from "../contracts.ts";
import { type EventErrorCode, eventErrors } from "../errors.ts";
import { limits } from "../limits.ts";
import { normaliseEvent } from "../normalise-event.ts";
import { IMPORT_LIMITS, type ImportAnswer, type ImportBody } from "./contracts.ts";
import { enterKeys, readEntries } from "./queries/imported.pg.ts";

export interface ImportDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly intake?: IntakeSettings;
}

interface Item {
  readonly key: string;
  readonly digest: string;
  readonly event: KilimEvent;
}

/**
 * Takes rows of a file in as historical events, each business key once for ever: ledger and inbox commit together. A bad
 * row never sinks its neighbours.
 */
export async function acceptImport(deps: ImportDeps, body: ImportBody): Promise<ImportAnswer> {
  const { items, rejected } = checkItems(deps.clock, body);
  const at = deps.clock.now().toString();
  const keys = items.map((item) => item.key);
  const { fresh, known } = await inTransaction(deps.db, async (tx) => {
    const fresh = await enterKeys(tx, { kind: body.kind, at, importId: null }, items);
    await append(
      tx,
      items.flatMap((item) => (fresh.has(item.key) ? item.event : [])),
    );
    return { fresh, known: await readEntries(tx, body.kind, keys) };
  });
  if (fresh.size > 0) deps.bus.wake("inbox");
  const changed = items.filter((item) => known.get(item.key)?.digest !== item.digest).map((item) => item.key);
  return { accepted: fresh.size, repeated: items.length - fresh.size - changed.length, changed, rejected };
}

function checkItems(clock: Clock, body: ImportBody): { items: Item[]; rejected: ImportAnswer["rejected"] } {
  const items = new Map<string, Item>();
  const rejected: ImportAnswer["rejected"] = [];
  for (const { key, event: raw } of body.items) {
    const event = checkItem(clock, body.kind, key, raw);
    if (typeof event === "string") rejected.push({ key, code: event, message: eventErrors[event] });
    else if (items.has(key))
      rejected.push({ key, code: "key_twice", message: "The key stands twice in this request." });
    else items.set(key, { key, digest: createHash("sha256").update(JSON.stringify(raw)).digest("hex"), event });
  }
  return { items: [...items.values()], rejected };
}

function checkItem(clock: Clock, kind: string, key: string, raw: Record<string, unknown>): KilimEvent | EventErrorCode {
  const receivedAt = clock.now().epochMilliseconds;
  return findBadText(key) ?? checkImported(raw, { kind, messageId: `${kind}:${key}`, receivedAt, historical: true });
}

export interface ImportedFacts {
  readonly kind: string;
  readonly messageId: string;
  readonly receivedAt: number;
  readonly historical: boolean;
}

/** An event of a file checked as one of a client would be, but for its size; or the code of what is wrong with it. */
export function checkImported(raw: Record<string, unknown>, facts: ImportedFacts): KilimEvent | EventErrorCode {
  if (isDeeper(raw, limits.depth)) return "too_deep";
  const bad = findBadText(raw);
  if (bad) return bad;
  if (Buffer.byteLength(JSON.stringify(raw)) > IMPORT_LIMITS.eventBytes) return "event_too_large";
  return normaliseEvent(
    { ...raw, messageId: facts.messageId },
    {
      source: `import:${facts.kind}`,
      receivedAt: facts.receivedAt,
      historical: facts.historical,
      type: null,
      batch: null,
    },
  );
}
