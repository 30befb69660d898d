import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import type { Batch, Merge } from "../profiles/contracts.ts";
import type { MembershipChange } from "./contracts.ts";
import { decideRead, type PairToDecide, readPairs } from "./decide-pairs.ts";
import { HeldStates } from "./held-states.ts";
import type { PastEvent } from "./predicates/event-predicate.ts";
import type { Bounds } from "./predicates/settle-series.ts";
import { moveBlocks } from "./queries/blocks.pg.ts";
import { takePendingOf, toChange } from "./queries/due.pg.ts";
import { shareDefinitions } from "./queries/lock-definitions.pg.ts";
import { addPeople, lockPeople } from "./queries/lock-people.pg.ts";
import { moveListMembers, saveAliases, takeMembershipsOf } from "./queries/merge-people.pg.ts";
import { type StateRow, takeStatesOf } from "./queries/states.pg.ts";
import type { Registry, RegistryCache, Rule } from "./registry.ts";
import { isSweepBehind, takeOverdue } from "./take-overdue.ts";

/**
 * Folds what one pipeline transaction has worked in and decides again only what it touches. Runs in that transaction;
 * gives the membership changes that it brought. Reads and writes each table once, however many events there are.
 */
export async function foldBatch(
  tx: Tx,
  deps: { readonly registry: RegistryCache; readonly clock: Clock; readonly bounds?: Bounds },
  batch: Batch,
): Promise<MembershipChange[]> {
  const survivorOf = survivors(batch.merges);
  const gone = [...survivorOf.keys()];
  const people = [...new Set([...batch.profiles.keys(), ...survivorOf.values()])].filter((id) => !survivorOf.has(id));
  if (people.length === 0) return [];
  shareDefinitions(tx);
  const [registry, known, told, isBehind] = await Promise.all([
    deps.registry.current(tx),
    lockPeople(tx, [...people, ...gone]),
    tellPending(tx, [...people, ...gone], survivorOf),
    isSweepBehind(tx, deps.clock.now()),
  ]);
  addPeople(
    tx,
    people.filter((id) => !known.has(id)),
  );

  // Asked once everybody is locked: a sweep that came first may have decided them later than the batch began.
  const now = deps.clock.now();

  const causes = new Causes();
  const fresh = contributions(registry, batch, survivorOf, causes);
  const states = new HeldStates(deps.bounds);
  const missed = isBehind ? await takeOverdue(tx, registry, states, batch, now) : [];
  const inherited = await mergePeople(tx, registry, states, survivorOf);

  const isLive = liveness(batch, survivorOf);
  for (const [profileId, changed] of batch.changed) {
    const id = survivorOf.get(profileId) ?? profileId;
    for (const name of changed) for (const rule of registry.byChange.get(name) ?? []) causes.add(id, rule, isLive(id));
  }
  for (const { profileId } of batch.events) {
    const id = survivorOf.get(profileId) ?? profileId;
    for (const rule of registry.byChange.get("seen") ?? []) causes.add(id, rule, isLive(id));
  }
  for (const id of people) if (!known.has(id)) for (const rule of registry.defaults) causes.add(id, rule, isLive(id));
  for (const id of new Set(survivorOf.values()))
    for (const rule of registry.rules.values()) causes.add(id, rule, isLive(id));
  const read = await readPairs(tx, causes.pairs(inherited), batch.profiles, states, fresh);
  foldInto(registry, states, fresh);
  const changes = await decideRead(tx, read, states, now);
  states.save(tx, registry.predicates, now.epochMilliseconds);
  return [...told, ...missed, ...changes];
}

/** What a switch of definitions has brought these people is told first; for merged people once, of the survivor. */
async function tellPending(
  tx: Tx,
  people: readonly string[],
  survivorOf: ReadonlyMap<string, string>,
): Promise<MembershipChange[]> {
  const pending = (await takePendingOf(tx, people)).map(toChange);
  const lastKind = new Map<string, string>();
  return pending.flatMap((change) => {
    const profileId = survivorOf.get(change.profileId) ?? change.profileId;
    const key = `${profileId} ${change.segmentId}`;
    if (lastKind.get(key) === change.kind) return [];
    lastKind.set(key, change.kind);
    return { ...change, profileId };
  });
}

/** Why a person has to be decided for a rule again, and whether anything but history is among the reasons. */
class Causes {
  readonly #byPerson = new Map<string, Map<Rule, boolean>>();

  add(profileId: string, rule: Rule, isLive: boolean): void {
    const known = this.#byPerson.get(profileId);
    if (!known) this.#byPerson.set(profileId, new Map([[rule, isLive]]));
    else if (isLive || !known.has(rule)) known.set(rule, isLive);
  }

  /** In the order of the people's ids: what is read and written of neighbours lies together. */
  pairs(inherited: ReadonlyMap<string, string>): PairToDecide[] {
    const pairs: PairToDecide[] = [];
    for (const profileId of [...this.#byPerson.keys()].sort()) {
      const rules = this.#byPerson.get(profileId) ?? [];
      for (const [rule, isLive] of rules) {
        const inheritedSince = inherited.size > 0 ? inherited.get(`${profileId} ${rule.id}`) : undefined;
        pairs.push({ profileId, rule, historical: !isLive, inheritedSince });
      }
    }
    return pairs;
  }
}

/** The last of a chain of merges within the batch, for everybody merged away. */
function survivors(merges: readonly Merge[]): Map<string, string> {
  const into = new Map(merges.map((merge) => [merge.from, merge.into]));
  const last = (id: string): string => {
    const next = into.get(id);
    return next === undefined ? id : last(next);
  };
  return new Map([...into.keys()].map((from) => [from, last(from)]));
}

/** Whether anything but historical events happened to a person; a change without any event (a call of the API) is live. */
function liveness(batch: Batch, survivorOf: ReadonlyMap<string, string>): (profileId: string) => boolean {
  const byPerson = new Map<string, boolean>();
  for (const { event, profileId } of batch.events) {
    const id = survivorOf.get(profileId) ?? profileId;
    byPerson.set(id, (byPerson.get(id) ?? false) || !event.historical);
  }
  return (profileId) => byPerson.get(profileId) ?? true;
}

/** What the events add to each state they feed. */
function contributions(
  registry: Registry,
  batch: Batch,
  survivorOf: ReadonlyMap<string, string>,
  causes: Causes,
): StateRow[] {
  const found: StateRow[] = [];
  for (const { event, profileId } of batch.events) {
    const kept = registry.byEvent.get(event.name);
    if (!kept) continue;
    const id = survivorOf.get(profileId) ?? profileId;
    const past: PastEvent = {
      name: event.name,
      channel: event.channel,
      properties: event.properties,
      at: Date.parse(event.timestamp),
    };
    for (const { id: predicateId, predicate, rules } of kept) {
      const state = predicate.of(past);
      if (state === null) continue;
      found.push({ profile_id: id, predicate_id: predicateId, state });
      for (const rule of rules) causes.add(id, rule, !event.historical);
    }
  }
  return found;
}

/** Adds contributions to states that are at hand. */
function foldInto(registry: Registry, states: HeldStates, rows: readonly StateRow[]): void {
  for (const row of rows) {
    const kept = registry.predicates.get(row.predicate_id);
    if (kept) states.fold(row.profile_id, kept, row.state);
  }
}

/** Moves states, lists and past memberships of merged people to their survivors; gives since when these were members. */
async function mergePeople(
  tx: Tx,
  registry: Registry,
  states: HeldStates,
  survivorOf: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const inherited = new Map<string, string>();
  if (survivorOf.size === 0) return inherited;
  const from = [...survivorOf.keys()];
  const into = [...survivorOf.values()];
  moveBlocks(tx, from, into);
  const moved = (await takeStatesOf(tx, from)).map((row) => {
    return { ...row, profile_id: survivorOf.get(row.profile_id) ?? row.profile_id };
  });
  for (const row of moved) states.noteBlocks(row);
  await states.complete(tx, moved);
  foldInto(registry, states, moved);
  await saveAliases(tx, from, into);
  await moveListMembers(tx, from, into);
  for (const row of await takeMembershipsOf(tx, from)) {
    const key = `${survivorOf.get(row.profile_id)} ${row.rule_id}`;
    const since = inherited.get(key);
    if (since === undefined || row.entered_at < since) inherited.set(key, row.entered_at);
  }
  return inherited;
}
