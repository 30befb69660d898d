import type { Tx } from "../platform/db.ts";
import type { Batch } from "../profiles/contracts.ts";
import type { MembershipChange } from "./contracts.ts";
import { decidePairs } from "./decide-pairs.ts";
import type { HeldStates } from "./held-states.ts";
import { duePairs, isAnyDue } from "./queries/due.pg.ts";
import type { Registry } from "./registry.ts";

/** A sweep is some milliseconds behind at most; later than this there was a pause, or a great many are due at once. */
const BEHIND = { seconds: 1 } as const;

/** Whether the sweep has left something that it should have got to by now. */
export function isSweepBehind(tx: Tx, now: Temporal.Instant): Promise<boolean> {
  return isAnyDue(tx, now.subtract(BEHIND).toString());
}

/**
 * What time had changed of a batch's people before their first event of it came, where the sweep has not got to it yet:
 * made by what was known then, so that nobody is spared an exit by an event that came after it. Only rules that ask
 * nothing but what people did: of what people were before the batch nothing is left.
 */
export async function takeOverdue(
  tx: Tx,
  registry: Registry,
  states: HeldStates,
  batch: Batch,
  now: Temporal.Instant,
): Promise<MembershipChange[]> {
  const first = new Map<string, number>();
  for (const { event, profileId } of batch.events) {
    const at = Date.parse(event.receivedAt);
    first.set(profileId, Math.min(at, first.get(profileId) ?? at));
  }
  const due = await duePairs(tx, [...first.keys()], now.toString());
  const pairs = due.flatMap(({ profile_id, rule_id, due_at }) => {
    const rule = registry.rules.get(rule_id);
    const until = first.get(profile_id) ?? 0;
    const isMeant = rule?.isOfEvents && Date.parse(due_at) <= until;
    return isMeant ? [{ profileId: profile_id, rule, historical: undefined, until }] : [];
  });
  return await decidePairs(tx, pairs, batch.profiles, states, now);
}
