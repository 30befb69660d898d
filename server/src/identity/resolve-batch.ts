import type { KilimEvent } from "../collect/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { Secrets } from "../platform/secrets.ts";
import { extractIdentifiers, type Identifier } from "./extract-identifiers.ts";
import { type Held, keyOf } from "./held.ts";
import type { Joined } from "./outcome.ts";
import { dropSuppressed, leave } from "./privacy/drop-suppressed.ts";
import { loadOpen } from "./queries/apart.pg.ts";
import type { Moved } from "./queries/apply-merges.pg.ts";
import { type HeldRow, loadFates, loadIdentifiers } from "./queries/load-identifiers.pg.ts";
import { countMerged, loadMeetings } from "./queries/meetings.pg.ts";
import { saveResolution } from "./queries/save-resolution.pg.ts";
import { Resolution } from "./resolve-events.ts";
import type { Rules } from "./rules.ts";

/** The identifiers of a batch and whose they are now; nothing is locked yet. */
export interface Lookup {
  readonly rules: Rules;
  /** What may be worked in: without the events of erased and suppressed people. */
  readonly events: readonly KilimEvent[];
  /** Beside each of `events` the one it was made from. */
  readonly given: readonly KilimEvent[];
  readonly held: Map<string, Held>;
  readonly aliases: Map<string, string>;
  /** Beside each event what it carries, strongest first. */
  readonly identifiers: readonly (readonly Identifier[])[];
  /** Every profile that is known to be concerned, sorted. */
  readonly profileIds: string[];
  /** Those whose identifiers may change, or who may be merged: lock these, then call `resolveBatch`. */
  readonly open: ReadonlySet<string>;
}

export interface Resolved {
  /** Beside each event of the batch: its profile, or null when it names nobody. */
  readonly profileOf: (string | null)[];
  readonly created: ReadonlySet<string>;
  readonly merges: readonly Joined[];
  /** Where every id leads from now on that these merges have moved: the merged ones and those merged into them before. */
  readonly moved: readonly Moved[];
  /** Profiles that gained, lost or proved an identifier. */
  readonly changed: ReadonlySet<string>;
  /** Identifiers that were there before: for `saveSeen`, once everybody is locked. */
  readonly seen: readonly Held[];
}

/** First step of a batch: looks the identifiers up. */
export async function lookUp(
  tx: Tx,
  { rules, secrets, clock }: { readonly rules: Rules; readonly secrets: Secrets; readonly clock: Clock },
  events: readonly KilimEvent[],
): Promise<Lookup> {
  const wanted = new Map<string, Identifier>();
  const named = new Set<string>();
  const identifiers = events.map((event) => (event.profileId === null ? extractIdentifiers(event, rules) : []));
  for (const carried of identifiers) for (const identifier of carried) wanted.set(keyOf(identifier), identifier);
  for (const event of events) if (event.profileId !== null) named.add(event.profileId);
  // In the order of the index: neighbours share its pages.
  const sorted = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, identifier]) => identifier);
  const { held, suppression } = await loadIdentifiers(tx, sorted);
  const { aliases, erased } = await loadFates(tx, named);
  const known = byKey(held);
  const isKnown = (identifier: Identifier) => known.has(keyOf(identifier));
  const all = { events, given: events, identifiers };
  const alive = erased.size > 0 ? leave(all, (event) => !erased.has(event.profileId ?? "")) : all;
  const left = suppression ? await dropSuppressed(tx, secrets, clock.now(), alive, isKnown, suppression) : alive;
  const profileIds = new Set(held.map((row) => row.profile_id));
  for (const id of named) if (!erased.has(id)) profileIds.add(aliases.get(id) ?? id);
  const whole = { ...left, rules, held: known, aliases, profileIds: [...profileIds].sort() };
  return { ...whole, open: openProfiles(whole) };
}

/**
 * Second step, with the open profiles locked: decides whom each event is about and writes it down. Throws a retryable
 * error when another transaction has claimed one of the new identifiers meanwhile.
 */
export async function resolveBatch(tx: Tx, clock: Clock, lookup: Lookup): Promise<Resolved> {
  const { events, open } = lookup;
  const ofProfile = new Map<string, Held[]>();
  for (const id of lookup.profileIds) ofProfile.set(id, []);
  const { held, apart } = open.size > 0 ? await loadOpen(tx, [...open]) : NOTHING_OPEN;
  for (const row of held) {
    const key = `${row.type}:${row.value}`;
    ofProfile.get(row.profile_id)?.push(lookup.held.get(key) ?? toHeld(row));
  }
  const resolution = new Resolution({
    rules: lookup.rules,
    held: lookup.held,
    ofProfile,
    aliases: lookup.aliases,
    apart,
    meetings: await meetingsOf(tx, lookup.held),
    merged: await mergedInto(tx, ofProfile, lookup.rules.caps.merges),
    newId: () => newId(clock),
  });
  const first = events.map((event, i) => resolution.resolve(event, lookup.identifiers[i] ?? []));
  const profileOf = first.map((id) => (id === null ? null : resolution.survivor(id)));
  const moved = await saveResolution(tx, clock, resolution);
  const changed = new Set([...resolution.added.values()].map((held) => held.profileId));
  for (const { into } of resolution.merges) changed.add(into);
  for (const [key, from] of resolution.handedOver) {
    changed.add(resolution.survivor(from));
    changed.add(resolution.survivor(lookup.held.get(key)?.profileId ?? from));
  }
  const seen = [...resolution.touched].flatMap(([key, held]) => (resolution.added.has(key) ? [] : [held]));
  return { profileOf, created: resolution.created, merges: resolution.merges, moved, changed, seen };
}

/** Only a few identifiers have ever met others: a batch without one asks nothing. */
async function meetingsOf(tx: Tx, held: ReadonlyMap<string, Held>) {
  const met = [...held.values()].filter(({ hasMet }) => hasMet);
  return met.length > 0 ? await loadMeetings(tx, met) : [];
}

/** Everybody merged brought an identifier, so who has few cannot have been merged often. */
async function mergedInto(tx: Tx, ofProfile: ReadonlyMap<string, readonly Held[]>, cap: number) {
  const large = [...ofProfile].filter(([, held]) => held.length >= cap).map(([id]) => id);
  return large.length > 0 ? await countMerged(tx, large) : new Map<string, number>();
}

const NOTHING_OPEN = { held: [], apart: new Map() } as const;

/** An event brings them a new one, meets several of them, or proves something. */
function openProfiles(lookup: Pick<Lookup, "events" | "identifiers" | "held">): Set<string> {
  const open = new Set<string>();
  for (const [i, event] of lookup.events.entries()) {
    if (event.profileId !== null) continue;
    const met = new Set<string>();
    let isNew = event.verified;
    for (const identifier of lookup.identifiers[i] ?? []) {
      const held = lookup.held.get(keyOf(identifier));
      if (held) met.add(held.profileId);
      else isNew = true;
    }
    if (isNew || met.size > 1) for (const id of met) open.add(id);
  }
  return open;
}

function byKey(found: readonly HeldRow[]): Map<string, Held> {
  return new Map(found.map((row) => [`${row.type}:${row.value}`, toHeld(row)]));
}

function toHeld(row: HeldRow): Held {
  return {
    type: row.type,
    value: row.value,
    profileId: row.profile_id,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    verified: row.verified,
    source: row.source,
    channel: row.channel,
    bridging: row.bridging,
    hasMet: row.has_met,
  };
}
