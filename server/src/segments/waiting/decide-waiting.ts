import type { Clock } from "../../platform/clock.ts";
import { inTransaction, type Tx } from "../../platform/db.ts";
import type { MembershipChange } from "../contracts.ts";
import { decidePairs } from "../decide-pairs.ts";
import type { ReadEventsDeps } from "../explain/read-events.ts";
import { HeldStates } from "../held-states.ts";
import { type Needed, neededAt } from "../open-here.ts";
import type { Entry } from "../predicates/series.ts";
import { type Bounds, isSame } from "../predicates/settle-series.ts";
import { removeHorizons } from "../queries/due.pg.ts";
import { shareDefinitions } from "../queries/lock-definitions.pg.ts";
import { lockPeople } from "../queries/lock-people.pg.ts";
import { loadStandings } from "../queries/standings.pg.ts";
import { addPending, rulesDue } from "../queries/waiting.pg.ts";
import type { RegistryCache, Rule } from "../registry.ts";
import type { LoadProfiles } from "../take-due.ts";
import { readEntries } from "./read-entries.ts";

export interface WaitingDeps extends ReadEventsDeps {
  readonly clock: Clock;
  readonly registry: RegistryCache;
  readonly loadProfiles: LoadProfiles;
  readonly bounds?: Bounds;
}

/** As often as events may come in between reading and locking. After that History's word is taken. */
const TRIES = 5;

/** Decides one person whose answer waits for History; what it brings is left for the sweeper to tell. */
export async function decideWaiting(deps: WaitingDeps, profileId: string): Promise<readonly MembershipChange[]> {
  const changes: MembershipChange[] = [];
  for (let tries = 0; ; ) {
    const needed = await inTransaction(deps.db, async (tx) => (await look(tx, deps, profileId)).needed);
    // Read without holding anybody up: the locks come after.
    const read: [Needed, Entry[]][] = [];
    for (const one of needed) read.push([one, await readEntries(deps, profileId, one.kept, one.block)]);
    const isLast = ++tries >= TRIES;
    const made = await inTransaction(deps.db, (tx) => openAndDecide(tx, deps, profileId, read, isLast));
    changes.push(...made.changes);
    if (made.isDone) return changes;
    if (made.hasOpened) tries = 0;
    else if (isLast) return changes;
  }
}

interface Look {
  readonly rules: Rule[];
  readonly states: HeldStates;
  readonly needed: Needed[];
}

/** What this person waits for, each block once. */
async function look(tx: Tx, deps: WaitingDeps, profileId: string): Promise<Look> {
  shareDefinitions(tx);
  const registry = await deps.registry.current(tx);
  const due = await rulesDue(tx, profileId, deps.clock.now().toString());
  const rules = due.flatMap(({ rule_id }) => registry.rules.get(rule_id) ?? []);
  const states = new HeldStates(deps.bounds);
  await states.complete(
    tx,
    rules.flatMap((rule) => rule.series.map(({ id }) => ({ profile_id: profileId, predicate_id: id }))),
  );
  const standings = await loadStandings(
    tx,
    rules.map(() => profileId),
    rules.map((rule) => rule.id),
  );
  const needed = new Map<string, Needed>();
  for (const [i, rule] of rules.entries()) {
    const { dueAt, waits } = standings[i] ?? {};
    if (!dueAt || !waits) continue;
    for (const one of neededAt(states, profileId, rule, Date.parse(dueAt)))
      if (one.block[4] === 0) needed.set(`${one.kept.id} ${one.block[0]}`, one);
  }
  return { rules, states, needed: [...needed.values()] };
}

async function openAndDecide(
  tx: Tx,
  deps: WaitingDeps,
  profileId: string,
  read: readonly (readonly [Needed, Entry[]])[],
  isLast: boolean,
): Promise<{ changes: MembershipChange[]; hasOpened: boolean; isDone: boolean }> {
  shareDefinitions(tx);
  await lockPeople(tx, [profileId]);
  const registry = await deps.registry.current(tx);
  const { rules, states, needed } = await look(tx, deps, profileId);
  let hasOpened = false;
  for (const [{ kept, block }, entries] of read) {
    // Unchanged while it was read, so nothing has come into it since; what is not there yet is on its way to History.
    // It may have more than was counted: what was outdated here before something came late.
    const same = needed.find((one) => one.kept.id === kept.id && isSame(one.block, block));
    if (!same || (!isLast && entries.length < block[2])) continue;
    states.open(profileId, same.kept, same.block, entries);
    hasOpened = true;
  }
  const now = deps.clock.now();
  const pairs = rules.map((rule) => ({ profileId, rule, historical: undefined }));
  const profiles = await deps.loadProfiles(tx, [profileId]);
  // Whoever is gone (erased) has nothing to wait for.
  if (!profiles.has(profileId)) await removeHorizons(tx, [profileId]);
  const changes = await decidePairs(tx, pairs, profiles, states, now);
  states.save(tx, registry.predicates, now.epochMilliseconds);
  await addPending(tx, changes);
  const isDone = (await rulesDue(tx, profileId, now.toString())).every(({ waits }) => !waits);
  return { changes, hasOpened, isDone };
}
