import type { Tx } from "../platform/db.ts";
import type { HeldStates } from "./held-states.ts";
import type { Block, Series } from "./predicates/series.ts";
import { loadBlocks } from "./queries/blocks.pg.ts";
import type { KeptPredicate, Rule } from "./registry.ts";

/** A block whose entries are needed to decide somebody. */
export interface Needed {
  readonly profileId: string;
  readonly kept: KeptPredicate;
  readonly block: Block;
}

/** What has to be opened before this person can be decided for this rule at an instant. */
export function neededAt(states: HeldStates, profileId: string, rule: Rule, at: number): readonly Needed[] {
  let needed: Needed[] | undefined;
  for (const kept of rule.series) {
    const state = states.get(profileId, kept.id);
    if (!Array.isArray(state)) continue;
    for (const block of kept.predicate.series?.needed(state as unknown as Series, at) ?? [])
      (needed ??= []).push({ profileId, kept, block });
  }
  return needed ?? NOTHING;
}

const NOTHING: readonly Needed[] = [];

/** Opens those whose entries State keeps; what it should keep and does not have is left to History. */
export async function openHere(tx: Tx, states: HeldStates, needed: readonly Needed[]): Promise<void> {
  const here = needed.filter(({ block }) => block[4] === 1);
  const found = await loadBlocks(
    tx,
    here.map(({ profileId, kept, block }) => ({ profile_id: profileId, predicate_id: kept.id, from_at: block[0] })),
  );
  const entriesOf = new Map(found.map((row) => [`${row.profile_id} ${row.predicate_id} ${row.from_at}`, row.entries]));
  for (const { profileId, kept, block } of here) {
    const entries = entriesOf.get(`${profileId} ${kept.id} ${block[0]}`);
    if (entries?.length === block[2]) states.open(profileId, kept, block, entries);
    else states.leaveToHistory(profileId, kept, block);
  }
}
