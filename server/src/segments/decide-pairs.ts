import type { Tx } from "../platform/db.ts";
import type { MembershipChange } from "./contracts.ts";
import { catchUp, type Walk } from "./decide.ts";
import type { HeldStates, PersonAndPredicate } from "./held-states.ts";
import { type Needed, neededAt, openHere } from "./open-here.ts";
import type { Facts } from "./predicates/profile-predicate.ts";
import type { Person } from "./predicates/tree.ts";
import { loadListed } from "./queries/load-listed.pg.ts";
import { loadStandings, type Standing, saveStandings } from "./queries/standings.pg.ts";
import type { Rule } from "./registry.ts";

/** One person to be decided for one rule. */
export interface PairToDecide {
  readonly profileId: string;
  readonly rule: Rule;
  /** Whether only historical events led here; undefined keeps what the horizon says. */
  readonly historical: boolean | undefined;
  /** Since when somebody merged into this person was a member. */
  readonly inheritedSince?: string | undefined;
  /** Decided up to this earlier moment (ms) only. */
  readonly until?: number;
}

interface Deciding {
  readonly pair: PairToDecide;
  readonly standing: Standing;
  readonly facts: Facts;
  /** With the earlier beginning of whoever was merged into the person. */
  readonly since: string | null;
  walk: Walk;
  needs: readonly Needed[];
}

/** Pairs of locked people with all that State tells of them. */
export interface ReadPairs {
  readonly pairs: readonly PairToDecide[];
  readonly facts: ReadonlyMap<string, Facts>;
  readonly standings: readonly Standing[];
  readonly listed: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Reads in one exchange what is missing of the pairs' states, and of those in `also`, and where they stand. */
export async function readPairs(
  tx: Tx,
  asked: readonly PairToDecide[],
  facts: ReadonlyMap<string, Facts>,
  states: HeldStates,
  also: readonly PersonAndPredicate[] = [],
): Promise<ReadPairs> {
  const pairs = asked.filter((pair) => facts.has(pair.profileId));
  const profileIds = pairs.map((pair) => pair.profileId);
  const listIds = [...new Set(pairs.flatMap((pair) => pair.rule.listIds))];
  const [, standings, listed] = await Promise.all([
    states.complete(tx, [...also, ...statesOf(pairs)]),
    loadStandings(
      tx,
      profileIds,
      pairs.map((pair) => pair.rule.id),
    ),
    loadListed(tx, [...new Set(profileIds)], listIds),
  ]);
  return { pairs, facts, standings, listed };
}

/** Reads pairs and decides them. */
export async function decidePairs(
  tx: Tx,
  pairs: readonly PairToDecide[],
  facts: ReadonlyMap<string, Facts>,
  states: HeldStates,
  now: Temporal.Instant,
): Promise<MembershipChange[]> {
  return decideRead(tx, await readPairs(tx, pairs, facts, states), states, now);
}

/**
 * Decides pairs by what was read of them, and writes where they stand now. The changes of live rules come back in the
 * order in which they became true. States that had to be opened for it are the caller's to save.
 */
export async function decideRead(
  tx: Tx,
  { pairs, facts, standings, listed }: ReadPairs,
  states: HeldStates,
  now: Temporal.Instant,
): Promise<MembershipChange[]> {
  if (pairs.length === 0) return [];
  const all = pairs.map((pair, i): Deciding => {
    const standing = standings[i] as Standing;
    const since = earlier(standing.enteredAt, pair.inheritedSince ?? null);
    return { pair, standing, facts: facts.get(pair.profileId) as Facts, since, walk: NOT_YET, needs: [] };
  });
  for (let rest = all; rest.length > 0; ) {
    for (const one of rest) walk(one, listed.get(one.pair.profileId) ?? NONE, states, now.epochMilliseconds);
    const blocked = rest.filter(({ walk }) => walk.isBlocked);
    await openHere(
      tx,
      states,
      blocked.flatMap(({ needs }) => needs),
    );
    rest = blocked.filter(({ needs }) => needs.every(({ block }) => block[4] === 1));
  }
  saveStandings(
    tx,
    all.map((one) => ({ before: one.standing, after: standingAfter(one, now) })),
  );
  for (const { pair, walk } of all)
    if (walk.isBlocked) for (const { id } of pair.rule.predicates) states.keepAsOf(pair.profileId, id, walk.due ?? 0);
  const changes = all.flatMap((one) => (one.pair.rule.state === "live" ? changesOf(one) : []));
  return changes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const NONE: ReadonlySet<string> = new Set();
const NOT_YET: Walk = { flips: [], due: null, isBlocked: false };

function statesOf(pairs: readonly PairToDecide[]): PersonAndPredicate[] {
  return pairs.flatMap(({ profileId, rule }) =>
    rule.predicates.map(({ id }) => ({ profile_id: profileId, predicate_id: id })),
  );
}

function walk(one: Deciding, lists: ReadonlySet<string>, states: HeldStates, now: number): void {
  const { profileId, rule } = one.pair;
  const stateOf = (key: string) => states.get(profileId, rule.idOf.get(key) ?? 0);
  const person: Person = { facts: one.facts, lists, stateOf };
  const due = one.standing.dueAt === null ? null : Date.parse(one.standing.dueAt);
  one.needs = [];
  one.walk = catchUp(rule.tree, person, one.since !== null, due, one.pair.until ?? now, (at) => {
    one.needs = neededAt(states, profileId, rule, at);
    return one.needs.length > 0;
  });
}

function standingAfter({ pair, standing, since, walk }: Deciding, now: Temporal.Instant): Standing {
  const last = walk.flips.at(-1);
  const after: Standing = {
    ...standing,
    enteredAt: last === undefined ? since : last.holds ? instant(last.at) : null,
    dueAt: walk.due === null ? null : instant(walk.due),
    historical: pair.historical ?? standing.historical,
    waits: walk.isBlocked,
  };
  return isMetBefore(standing, after, now) ? { ...after, dueAt: standing.dueAt } : after;
}

/**
 * Whether the horizon that stands comes before the new one, or before none. It may stay then: the sweep finds nothing to
 * change at it and puts the right one there, once, where every further event of a window would have moved it on.
 */
function isMetBefore(before: Standing, after: Standing, now: Temporal.Instant): boolean {
  if (before.dueAt === null || Date.parse(before.dueAt) <= now.epochMilliseconds) return false;
  if (before.waits || after.waits || before.historical !== after.historical) return false;
  return after.dueAt === null || Date.parse(after.dueAt) > Date.parse(before.dueAt);
}

function changesOf({ pair, standing, walk }: Deciding): MembershipChange[] {
  return walk.flips.map((flip) => ({
    segmentId: pair.rule.segmentId,
    segmentName: pair.rule.segmentName,
    profileId: pair.profileId,
    kind: flip.holds ? "entered" : "exited",
    at: instant(flip.at),
    historical: pair.historical ?? standing.historical,
  }));
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
