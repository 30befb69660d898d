import type { KilimEvent } from "../collect/index.ts";
import type { REASONS } from "./contracts.ts";
import type { Identifier } from "./extract-identifiers.ts";
import { type Held, isKnown, isProvable, isTyped, keyOf, tellingOf } from "./held.ts";
import type { IdentifierRule, Rules } from "./rules.ts";

export type Refusal = Exclude<(typeof REASONS)[number], "shared">;

/** One of the people an event would make one, with all that is theirs. */
export interface Party {
  readonly profileId: string;
  readonly held: readonly Held[];
  /** People merged into this one so far. */
  readonly merges: number;
}

export interface Union {
  readonly rules: Rules;
  readonly event: KilimEvent;
  readonly carried: readonly Identifier[];
  readonly holderOf: (identifier: Identifier) => Held | undefined;
  readonly parties: readonly Party[];
  /** The identifier on whose strength they would be joined; null: on that of all that the event carries. */
  readonly by: Identifier | null;
}

/**
 * Which rule the person would break who holds all that these parties hold and what the event carries, else null. A limit
 * stops growth and takes nothing away: who has too many already (the limit was lowered) keeps them. Too many of a weaker
 * kind do not speak against what a stronger one says.
 */
export function judgeUnion(union: Union): Refusal | null {
  if (isTooMany(union)) return "cap";
  for (const [type, { total, most }] of countTypes(union)) {
    const rule = union.rules.ofType.get(type);
    if (!rule || total <= rule.limit || total <= most) continue;
    const by = union.by && union.rules.ofType.get(union.by.type);
    if (!(by && rule.priority > by.priority) && isOver(union, rule)) return "limit";
  }
  if (joinsProven(union)) return "verified_conflict";
  return union.parties.length > 1 && bridgesUnproven(union) ? "unproven" : null;
}

function isTooMany({ rules, parties, carried, holderOf }: Union): boolean {
  const added = carried.filter((identifier) => !holderOf(identifier)).length;
  const sizes = parties.map(({ held }) => held.length);
  const total = sizes.reduce((sum, size) => sum + size, added);
  if (total > rules.caps.identifiers && total > Math.max(0, ...sizes)) return true;
  const merges = parties.reduce((sum, party) => sum + party.merges + 1, -1);
  return parties.length > 1 && merges > rules.caps.merges;
}

/**
 * Nobody's word that two known people are one is taken on an address or a device alone when it was typed by somebody
 * else, or when one of the two has proven who they are. Numbers of theirs in the same event are such a word.
 */
function bridgesUnproven({ rules, event, parties, carried, holderOf }: Union): boolean {
  if (event.verified) return false;
  const known = parties.filter(({ held }) => isKnown(rules, held));
  if (known.length < 2) return false;
  const asserted = new Set<string>();
  for (const identifier of carried)
    if (rules.ofType.get(identifier.type)?.identifies) asserted.add(holderOf(identifier)?.profileId ?? "");
  const guessed = known.filter(({ profileId }) => !asserted.has(profileId));
  if (guessed.length === 0) return false;
  if (isTyped(rules, "", tellingOf(event, ""))) return true;
  if (known.some(({ held }) => held.some(({ verified }) => verified))) return true;
  const links = carried.map(holderOf).filter((held) => held !== undefined);
  return guessed.some(({ profileId }) =>
    links.filter((held) => held.profileId === profileId).every((held) => isTyped(rules, held.type, held)),
  );
}

/** Two proven addresses (or numbers) of one kind would meet. */
function joinsProven({ event, parties, carried, holderOf }: Union): boolean {
  const proven = new Map<string, Set<string>>();
  const add = (type: string, whose: string) => proven.set(type, (proven.get(type) ?? new Set()).add(whose));
  for (const { profileId, held } of parties) for (const { type, verified } of held) if (verified) add(type, profileId);
  if (event.verified)
    for (const identifier of carried) {
      if (!isProvable(identifier.type)) continue;
      const held = holderOf(identifier);
      // Proving anew what is proven adds nothing; proving another one of the same person's does.
      if (!held?.verified) add(identifier.type, keyOf(identifier));
    }
  return [...proven.values()].some((owners) => owners.size > 1);
}

/** Per kind: how many the union would have, and the most that one of them has already. */
function countTypes({ parties, carried, holderOf }: Union): Map<string, { total: number; most: number }> {
  const counts = new Map<string, { total: number; most: number }>();
  const at = (type: string) => {
    const known = counts.get(type) ?? { total: 0, most: 0 };
    counts.set(type, known);
    return known;
  };
  for (const { held } of parties) {
    const mine = new Map<string, number>();
    for (const { type } of held) mine.set(type, (mine.get(type) ?? 0) + 1);
    for (const [type, n] of mine) {
      const count = at(type);
      count.total += n;
      count.most = Math.max(count.most, n);
    }
  }
  for (const identifier of carried) if (!holderOf(identifier)) at(identifier.type).total += 1;
  return counts;
}

/** Whether some window around the event would hold more of a kind than allowed; what the event carries is seen with it. */
function isOver({ event, parties, carried }: Union, { type, limit, windowMs }: IdentifierRule): boolean {
  if (windowMs === null) return true;
  const at = Date.parse(event.timestamp);
  const times = new Map<string, number>();
  for (const { held } of parties)
    for (const one of held) if (one.type === type) times.set(one.value, Date.parse(one.firstSeen));
  for (const one of carried) if (one.type === type) times.set(one.value, at);
  const near = [...times.values()].filter((time) => Math.abs(time - at) < windowMs).sort((a, b) => a - b);
  return near.some((time, i) => (near[i + limit] ?? Number.POSITIVE_INFINITY) - time < windowMs);
}
