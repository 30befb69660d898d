import { append, type Conflict, type KilimEvent } from "../collect/index.ts";
import {
  builtInRules,
  type Joined,
  type Lookup,
  loadFates,
  lookUp,
  type Moved,
  type Rules,
  rememberMerges,
  resolveBatch,
  saveSeen,
} from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import type { Secrets } from "../platform/secrets.ts";
import { type AtHand, type Batch, foldBatch, isOurAct, takeProfiles } from "../profiles/index.ts";
import type { Follower, MembershipChange, SegmentKeeper } from "./contracts.ts";
import { packRows, toHistoryRow } from "./history-rows.ts";
import { insertOutbox, nextOutboxId } from "./queries/outbox.pg.ts";
import { keepNew } from "./queries/seen.pg.ts";
import { segmentEvents } from "./segment-events.ts";

export interface ProcessDeps {
  readonly clock: Clock;
  readonly identityRules?: () => Promise<Rules>;
  readonly secrets: Secrets;
  readonly segments: SegmentKeeper;
  readonly followers: readonly Follower[];
  /** Whether a live definition asks for events of this name, as the transaction at work has read them; unset: maybe. */
  readonly isHeard?: (name: string) => boolean;
}

export interface Processed {
  /** Beside each given event: whom it is about; null for repeats, for nobody and for the suppressed. */
  readonly profileOf: (string | null)[];
  readonly batch: Batch;
  readonly changes: readonly MembershipChange[];
  readonly conflicts: readonly Conflict[];
}

/** Merges and erasures that other transactions make between our look-up and our reading; more than this is no coincidence. */
const MOST_LOOKS = 10;

/**
 * Works events into State: recognise who, fold into the profiles, re-decide segments, let the followers go on, and
 * one row for History. Everything in the caller's transaction; throws 40001 when it must be run again.
 */
export async function processEvents(
  tx: Tx,
  deps: ProcessDeps,
  given: readonly KilimEvent[],
  attempt: number,
): Promise<Processed> {
  const rules = (await deps.identityRules?.()) ?? builtInRules;
  // Hardly ever is an event a repeat: everybody is looked up while the ids are compared.
  const [{ fresh, conflicts }, first] = await Promise.all([
    keepNew(tx, given),
    lookUp(tx, { ...deps, rules }, given.filter(isSomebody)),
  ]);
  const people = fresh.filter(isSomebody);
  const { lookup, atHand } = await lookUpAndTake(
    tx,
    { ...deps, rules },
    people,
    fresh.length === given.length ? first : null,
    attempt,
  );
  const resolved = await resolveBatch(tx, deps.clock, lookup);
  const events = lookup.events.flatMap((event, i) => {
    const profileId = resolved.profileOf[i];
    return profileId ? [{ event, profileId }] : [];
  });
  const { profiles, changed } = foldBatch(tx, atHand, resolved.created, resolved.merges, events);
  saveSeen(tx, resolved.seen);
  const batch: Batch = {
    now: deps.clock.now(),
    events,
    profiles,
    changed: withIdentifiers(changed, resolved.changed),
    merges: resolved.merges,
  };
  // The number comes behind the locks: of two batches that merge the same person the later one has the larger number, and
  // none has a number from before a fill began and folds for it, which would count what it holds twice.
  const [changes, outboxId] = await Promise.all([deps.segments.foldBatch(tx, batch), nextOutboxId(tx)]);
  const told = await followOn(tx, deps, batch, changes);
  const attributed = lookup.events.map((event, i) => ({ event, profileId: resolved.profileOf[i] ?? null }));
  const bots = people.length < fresh.length ? fresh.filter((event) => event.bot).map(ofNobody) : [];
  await writeOutbox(tx, deps.clock, [...attributed, ...told, ...bots], resolved, outboxId);
  const profileOf = new Map(lookup.given.map((event, i) => [event, resolved.profileOf[i] ?? null]));
  return { profileOf: given.map((event) => profileOf.get(event) ?? null), batch, changes, conflicts };
}

/**
 * Lets the rooms that follow go on. What they and the segments have to tell are events as any other: they come in at the
 * top again, so that segments, journeys and History all see them. What changes nobody's profile and is asked for by no
 * live definition is given back instead, to be written to History at once: a quarter of all events of a busy shop.
 */
export async function followOn(
  tx: Tx,
  deps: ProcessDeps,
  batch: Batch,
  changes: readonly MembershipChange[],
): Promise<Attributed[]> {
  const news = segmentEvents(deps.clock, changes);
  for (const follow of deps.followers) news.push(...(await follow(tx, batch, changes)));
  return await passOn(tx, deps, news, senders(batch));
}

/** News that somebody asks for comes in at the top; the rest is given back, for History. */
async function passOn(
  tx: Tx,
  deps: Pick<ProcessDeps, "isHeard">,
  news: readonly KilimEvent[],
  sender?: (event: KilimEvent) => string,
): Promise<Attributed[]> {
  const { again = [], told = [] } = Object.groupBy(news, (event) =>
    isOurAct(event) && deps.isHeard?.(event.name) === false ? "told" : "again",
  );
  if (again.length > 0) await append(tx, again, sender);
  return told.map((event) => ({ event, profileId: event.profileId }));
}

/** News from outside a batch (a step of a journey), in the caller's transaction. Wake "inbox" and "outbox" after it. */
export async function tellNews(
  tx: Tx,
  deps: Pick<ProcessDeps, "isHeard" | "clock">,
  news: readonly KilimEvent[],
): Promise<void> {
  // Of many people and in any order: all in one shard, and so in one row.
  const together = news[0]?.messageId ?? "";
  await writeOutbox(tx, deps.clock, await passOn(tx, deps, news, () => together));
}

/** Into the shard their cause came by: another worker's batch would only wait for this one's people. */
function senders(batch: Batch): (event: KilimEvent) => string {
  const causes = new Map(
    batch.events.map(({ event, profileId }) => [profileId, event.anonymousId ?? event.userId ?? profileId]),
  );
  return ({ profileId, messageId }) => (profileId === null ? messageId : (causes.get(profileId) ?? profileId));
}

/**
 * Locks those whom recognition may change. The others are only read, unless somebody else has changed one of them during an
 * earlier attempt: then all are locked, and the batch gets through whoever comes between.
 */
async function lookUpAndTake(
  tx: Tx,
  deps: ProcessDeps & { readonly rules: Rules },
  events: readonly KilimEvent[],
  first: Lookup | null,
  attempt: number,
): Promise<{ lookup: Lookup; atHand: AtHand }> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const lookup = look === 0 && first ? first : await lookUp(tx, deps, events);
    const onlyRead = new Set(attempt === 1 ? lookup.profileIds.filter((id) => !lookup.open.has(id)) : []);
    const areGone = async (missing: readonly string[]) => {
      const { aliases, erased } = await loadFates(tx, missing);
      return new Set([...aliases.keys(), ...erased]);
    };
    const atHand = await takeProfiles(tx, lookup.profileIds, areGone, onlyRead);
    if (lookup.profileIds.every((id) => atHand.has(id))) return { lookup, atHand };
  }
  throw Object.assign(new Error("profiles of this batch keep being merged"), { code: "40001" });
}

function withIdentifiers(
  changed: ReadonlyMap<string, ReadonlySet<string>>,
  gained: ReadonlySet<string>,
): Map<string, ReadonlySet<string>> {
  const all = new Map(changed);
  for (const id of gained) all.set(id, new Set([...(all.get(id) ?? []), "identifiers"]));
  return all;
}

function isSomebody(event: KilimEvent): boolean {
  return !event.bot;
}

/** A bot is nobody: not even the ids of the person whose link it followed are kept. */
function ofNobody(event: KilimEvent): Attributed {
  const { traits: _, externalIds: __, ...context } = event.context;
  const nobody = { userId: null, anonymousId: null, previousId: null, groupId: null, traits: {} };
  return { event: { ...event, ...nobody, context }, profileId: null };
}

interface Attributed {
  readonly event: KilimEvent;
  readonly profileId: string | null;
}

/**
 * One outbox row for the batch, with the profiles it concerns, so that timelines are complete before it is shipped. Its
 * id is the moment of the batch's merges in History.
 */
export async function writeOutbox(
  tx: Tx,
  clock: Clock,
  events: readonly Attributed[],
  { merges, moved }: { readonly merges: readonly Joined[]; readonly moved: readonly Moved[] } = {
    merges: [],
    moved: [],
  },
  given?: number,
): Promise<number | null> {
  if (events.length === 0 && moved.length === 0) return null;
  const id = given ?? (await nextOutboxId(tx));
  if (merges.length > 0) await rememberMerges(tx, merges, id);
  insertOutbox(tx, {
    id,
    n: events.length,
    createdAt: clock.now().toString(),
    rows: packRows(events.map(({ event, profileId }) => toHistoryRow(event, profileId, id))),
    merges: moved.map((move) => ({ ...move, version: id })),
    profileIds: [...new Set(events.flatMap(({ profileId }) => (profileId ? [profileId] : [])))],
  });
  return id;
}
