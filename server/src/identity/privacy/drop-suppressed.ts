import type { KilimEvent } from "../../collect/index.ts";
import type { Tx } from "../../platform/db.ts";
import { isJsonObject } from "../../platform/json.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { type Identifier, isOfDevice } from "../extract-identifiers.ts";
import { keyOf } from "../held.ts";
import {
  countDropped,
  findSuppressed,
  learnSuppressed,
  type SuppressedKey,
  type Suppression,
} from "../queries/suppressed.pg.ts";
import { suppressionKey } from "./suppression-key.ts";

/** Events as a batch looks them up, beside each what it carries. */
export interface Carried {
  readonly events: readonly KilimEvent[];
  /** Beside each event the one that came in: the same, unless the device of a suppressed person was left out. */
  readonly given: readonly KilimEvent[];
  readonly identifiers: readonly (readonly Identifier[])[];
}

export function leave(carried: Carried, stays: (event: KilimEvent) => boolean): Carried {
  const places = [...carried.events.keys()].filter((i) => stays(carried.events[i] as KilimEvent));
  const pick = <T>(of: readonly T[]): T[] => places.map((i) => of[i] as T);
  return { events: pick(carried.events), given: pick(carried.given), identifiers: pick(carried.identifiers) };
}

/**
 * Leaves out what is of suppressed people. An event with a suppressed name (user id, e-mail, …) is dropped whole, and
 * device ids never seen before that it brings along are suppressed, too. A suppressed device alone drops the event as
 * well; under the name of somebody else only the device is left out. Names are never learnt: an unproven claim would
 * lock others out.
 */
export async function dropSuppressed(
  tx: Tx,
  secrets: Secrets,
  now: Temporal.Instant,
  carried: Carried,
  isKnown: (identifier: Identifier) => boolean,
  suppression: Suppression,
): Promise<Carried> {
  const asked = new Map<string, string>();
  for (const [i, event] of carried.events.entries()) {
    const isOld = isBefore(event, suppression.newest_until);
    for (const identifier of carried.identifiers[i] ?? []) {
      // What belongs to somebody is not suppressed; only an event older than an erasure may meet its person come anew.
      if (isOld || (suppression.is_active && !isKnown(identifier)))
        asked.set(keyOf(identifier), suppressionKey(secrets, identifier));
    }
  }
  const found = await findSuppressed(tx, [...new Set(asked.values())]);
  if (found.size === 0) return carried;
  const left: Item[] = [];
  const learnt = new Map<string, { identifier: Identifier; key: SuppressedKey }>();
  let dropped = 0;
  for (const [i, event] of carried.events.entries()) {
    const item: Item = { event, given: carried.given[i] as KilimEvent, identifiers: carried.identifiers[i] ?? [] };
    const hitOf = (identifier: Identifier): SuppressedKey | undefined => {
      const hit = found.get(asked.get(keyOf(identifier)) ?? "");
      return hit && (hit.until === null || isBefore(item.event, hit.until)) ? hit : undefined;
    };
    const kept = withoutSuppressed(item, hitOf);
    if (kept) {
      left.push(kept);
      continue;
    }
    dropped += 1;
    const name = item.identifiers.find((identifier) => !isOfDevice(identifier) && hitOf(identifier)?.until === null);
    const key = name && hitOf(name);
    if (!key) continue;
    for (const identifier of item.identifiers)
      if (isOfDevice(identifier) && !isKnown(identifier) && !hitOf(identifier))
        learnt.set(keyOf(identifier), { identifier, key });
  }
  if (dropped > 0) await countDropped(tx, now, dropped);
  if (learnt.size > 0)
    await learnSuppressed(
      tx,
      now,
      [...learnt.values()].map(({ identifier, key }) => ({
        key: suppressionKey(secrets, identifier),
        type: identifier.type,
        erasureId: key.erasure_id,
      })),
    );
  return {
    events: left.map((item) => item.event),
    given: left.map((item) => item.given),
    identifiers: left.map((item) => item.identifiers),
  };
}

interface Item {
  readonly event: KilimEvent;
  readonly given: KilimEvent;
  readonly identifiers: readonly Identifier[];
}

/** The event as far as it may be kept; null when nothing of it may. */
function withoutSuppressed(item: Item, hitOf: (identifier: Identifier) => unknown): Item | null {
  const hits = item.identifiers.filter((identifier) => hitOf(identifier));
  if (hits.length === 0) return item;
  if (hits.some((identifier) => !isOfDevice(identifier))) return null;
  const identifiers = item.identifiers.filter((identifier) => !hits.includes(identifier));
  if (identifiers.every(isOfDevice)) return null;
  return { given: item.given, event: withoutDevice(item.event, hits), identifiers };
}

function withoutDevice(event: KilimEvent, hits: readonly Identifier[]): KilimEvent {
  const isHit = (value: unknown) => hits.some((hit) => hit.value === value);
  const { context } = event;
  const isDevice = isJsonObject(context.device) && isHit(context.device.id);
  return {
    ...event,
    anonymousId: isHit(event.anonymousId) ? null : event.anonymousId,
    previousId: isHit(event.previousId) ? null : event.previousId,
    context: isDevice ? { ...context, device: {} } : context,
  };
}

function isBefore(event: KilimEvent, until: string | null): boolean {
  return until !== null && event.receivedAt < until;
}
