import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import { neededDeeds } from "../compile/event-bounds.ts";
import { decidePairs } from "../decide-pairs.ts";
import { factsFor } from "../facts-for.ts";
import { HeldStates } from "../held-states.ts";
import type { EventPredicate } from "../predicates/event-predicate.ts";
import { type FillRow, saveFill } from "../queries/fills.pg.ts";
import { shareDefinitions } from "../queries/lock-definitions.pg.ts";
import { lockPeople, nextPeopleWith, waitForHands } from "../queries/lock-people.pg.ts";
import { comingRules } from "../queries/rules.pg.ts";
import type { Registry } from "../registry.ts";
import type { FillDeps } from "./step-fill.ts";

/** One is worked here while the database works for the other. */
const HANDS = 2;

/**
 * Decides the next people, each hand some of them in a transaction of its own. `tx` keeps the fill meanwhile; if it
 * dies before it has noted how far they came, they are decided once more, to the same end.
 */
export async function decideNext(tx: Tx, deps: FillDeps, fill: FillRow, each: number): Promise<void> {
  await waitForHands(tx);
  const registry = await deps.registry.current(tx);
  const coming = new Set([...registry.rules.values()].flatMap((rule) => (rule.state === "deciding" ? rule.id : [])));
  const now = deps.clock.now().epochMilliseconds;
  const needed = (await comingRules(tx)).flatMap(({ id, definition }) =>
    coming.has(id) ? [neededDeeds(definition, now)] : [],
  );
  const limit = HANDS * each;
  const ids = await nextPeopleWith(tx, {
    after: fill.after_profile,
    limit,
    // Whoever did not do what it takes is no member, now and later, until a batch says otherwise.
    withStates: needed.some((deeds) => deeds.length === 0) ? null : needed.map((deeds) => idsOf(registry, deeds)),
  });
  const shares = Array.from({ length: HANDS }, (_, hand) => ids.slice(hand * each, (hand + 1) * each));
  await allDone(shares.map((share) => decideShare(deps.db, deps, share)));
  const isLast = ids.length < limit;
  await saveFill(tx, {
    ...fill,
    phase: isLast ? "switching" : "deciding",
    after_profile: ids.at(-1) ?? fill.after_profile,
  });
}

async function decideShare(db: Db, deps: FillDeps, share: readonly string[]): Promise<void> {
  if (share.length === 0) return;
  await inTransaction(db, async (tx) => {
    shareDefinitions(tx);
    const registry = await deps.registry.current(tx);
    const coming = [...registry.rules.values()].filter((rule) => rule.state === "deciding");
    const ids = [...(await lockPeople(tx, share))];
    const trees = coming.map(({ tree }) => tree);
    const pairs = ids.flatMap((profileId) => coming.map((rule) => ({ profileId, rule, historical: false })));
    const states = new HeldStates(deps.bounds);
    await decidePairs(tx, pairs, await factsFor(tx, deps.loadProfiles, trees, ids), states, deps.clock.now());
    // Rules that are not decided here may still depend on what is outdated for these.
    states.save(tx, registry.predicates, Number.NEGATIVE_INFINITY);
  });
}

/** Waits for all of them, also when one fails: none goes on behind our back. */
async function allDone(hands: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(hands)).find((hand) => hand.status === "rejected");
  if (failed) throw failed.reason;
}

function idsOf(registry: Registry, deeds: readonly (readonly EventPredicate[])[]): number[][] {
  return deeds.map((predicates) => predicates.flatMap(({ key }) => registry.filledKeys.get(key) ?? []));
}
