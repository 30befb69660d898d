import type { Tx } from "../platform/db.ts";
import type { Json } from "../platform/json.ts";
import type { MembershipChange } from "./contracts.ts";
import { catchUp } from "./decide.ts";
import type { Facts } from "./predicates/profile-predicate.ts";
import type { Person } from "./predicates/tree.ts";
import { loadListed } from "./queries/load-listed.pg.ts";
import { loadStandings, type Standing, saveStandings } from "./queries/standings.pg.ts";
import { loadStates } from "./queries/states.pg.ts";
import type { Rule } from "./registry.ts";

/** One person to be decided for one rule. */
export interface PairToDecide {
  readonly profileId: string;
  readonly rule: Rule;
  /** Whether only historical events led here; undefined keeps what the horizon says. */
  readonly historical: boolean | undefined;
  /** Since when somebody merged into this person was a member. */
  readonly inheritedSince?: string | undefined;
}

/** States in memory, by person and predicate id. */
export type States = Map<string, Map<number, Json | undefined>>;

/**
 * Decides pairs of locked people: reads what is missing of their states, where they stand, and writes where they stand
 * now. The changes of live rules come back in the order in which they became true.
 */
export async function decidePairs(
  tx: Tx,
  pairs: readonly PairToDecide[],
  facts: ReadonlyMap<string, Facts>,
  states: States,
  now: Temporal.Instant,
): Promise<MembershipChange[]> {
  const known = pairs.filter((pair) => facts.has(pair.profileId));
  if (known.length === 0) return [];
  await completeStates(tx, known, states);
  const profileIds = known.map((pair) => pair.profileId);
  const standings = await loadStandings(
    tx,
    profileIds,
    known.map((pair) => pair.rule.id),
  );
  const listIds = [...new Set(known.flatMap((pair) => pair.rule.listIds))];
  const listed = await loadListed(tx, [...new Set(profileIds)], listIds);
  const moves: { before: Standing; after: Standing }[] = [];
  const changes: MembershipChange[] = [];
  for (const [i, pair] of known.entries()) {
    const standing = standings[i];
    const facts_ = facts.get(pair.profileId);
    if (!standing || !facts_) continue;
    const own = states.get(pair.profileId);
    const byKey = new Map(pair.rule.predicates.map((kept) => [kept.predicate.key, own?.get(kept.id)]));
    const person: Person = {
      facts: facts_,
      lists: listed.get(pair.profileId) ?? NONE,
      stateOf: (key) => byKey.get(key),
    };
    const decided = decideOne(pair, standing, person, now.epochMilliseconds);
    moves.push({ before: standing, after: decided.after });
    if (pair.rule.state === "live") changes.push(...decided.changes);
  }
  saveStandings(tx, moves);
  return changes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const NONE: ReadonlySet<string> = new Set();

function decideOne(
  pair: PairToDecide,
  standing: Standing,
  person: Person,
  now: number,
): { after: Standing; changes: MembershipChange[] } {
  const since = earlier(standing.enteredAt, pair.inheritedSince ?? null);
  const historical = pair.historical ?? standing.historical;
  const due = standing.dueAt === null ? null : Date.parse(standing.dueAt);
  const { flips, due: next } = catchUp(pair.rule.tree, person, since !== null, due, now);
  const last = flips.at(-1);
  const enteredAt = last === undefined ? since : last.holds ? instant(last.at) : null;
  return {
    after: { ...standing, enteredAt, dueAt: next === null ? null : instant(next), historical },
    changes: flips.map((flip) => ({
      segmentId: pair.rule.segmentId,
      segmentName: pair.rule.segmentName,
      profileId: pair.profileId,
      kind: flip.holds ? "entered" : "exited",
      at: instant(flip.at),
      historical,
    })),
  };
}

async function completeStates(tx: Tx, pairs: readonly PairToDecide[], states: States): Promise<void> {
  const profileIds: string[] = [];
  const predicateIds: number[] = [];
  for (const { profileId, rule } of pairs) {
    const own = states.get(profileId) ?? new Map<number, Json | undefined>();
    states.set(profileId, own);
    for (const { id } of rule.predicates) {
      if (own.has(id)) continue;
      own.set(id, undefined);
      profileIds.push(profileId);
      predicateIds.push(id);
    }
  }
  for (const row of await loadStates(tx, profileIds, predicateIds))
    states.get(row.profile_id)?.set(row.predicate_id, row.state);
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
