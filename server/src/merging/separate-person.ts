import { holdIdentifiers, loadIdentifiersOf, separateIdentity } from "../identity/index.ts";
import { isHandingOver, lockBoth, readWatermark, type Told } from "../pipeline/index.ts";
import { inTransaction, sqlState, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { requireProfile } from "../profiles/index.ts";
import type { UnmergeAnswer, UnmergeBody } from "./contracts.ts";
import type { MergingDeps } from "./deps.ts";
import { refuseMerging } from "./errors.ts";
import { type Plan, planSeparation } from "./plan-separation.ts";
import { type FamilyRefold, refoldSince, refoldUpTo } from "./refold-family.ts";

/** Times that the family or the segments may change under our hands. */
const TRIES = 3;
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Makes two whole people of one: identifiers, traits, consent, counters, segments of both are folded anew from all that
 * ever happened, and no event joins them again. Most of the work is done beside the running pipeline; at the end no
 * batch is under way, what came in meanwhile is added, and all of State changes in one transaction.
 */
export async function separatePerson(deps: MergingDeps, body: UnmergeBody, actor: string): Promise<UnmergeAnswer> {
  const into = await requireProfile(deps.db, body.profile);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const plan = await planSeparation(deps.db, into, body.from);
    if (await isHandingOver(deps.db)) break;
    const done = await trySeparation(deps, plan, { reason: body.reason, actor }).catch((error: unknown) => {
      if (sqlState(error) === LOCK_NOT_AVAILABLE) throw refuseMerging("separating_busy");
      throw error;
    });
    if (done) return done;
  }
  throw refuseMerging("separating_busy");
}

async function trySeparation(
  deps: MergingDeps,
  plan: Plan,
  cause: { readonly reason: string; readonly actor: string },
): Promise<UnmergeAnswer | null> {
  const { db } = deps;
  // Every batch up to here is committed once nobody is in the middle of one.
  const upTo = await inTransaction(db, async (tx) => {
    await holdIdentifiers(tx);
    return await readWatermark(tx);
  });
  const refold = await refoldUpTo(deps, plan, upTo);
  let told: Told | null = null;
  const answer = await inTransaction(
    db,
    async (tx) => {
      await holdIdentifiers(tx);
      if ((await planSeparation(tx, plan.into, plan.from)).mark !== plan.mark) return null;
      await refoldSince(tx, refold, plan, upTo);
      const written = await write(tx, deps, plan, refold, cause);
      told = written?.told ?? null;
      return written?.answer ?? null;
    },
    // What was added to the refold cannot be added again.
    1,
  );
  if (told) deps.pipeline.tell(told);
  return answer;
}

async function write(
  tx: Tx,
  deps: MergingDeps,
  plan: Plan,
  refold: FamilyRefold,
  cause: { readonly reason: string; readonly actor: string },
): Promise<{ answer: UnmergeAnswer; told: Told } | null> {
  const { into, from } = plan;
  const members = [...plan.members];
  const locked = await lockBoth(tx, [into]);
  if (!locked) return null;
  const held = await loadIdentifiersOf(tx, [into]);
  const identifiers = held.filter((identifier) => refold.sides.ownerOf(identifier) === "from");
  const id = newId(deps.clock);
  await separateIdentity(tx, {
    from,
    into,
    members,
    identifiers,
    hosts: [...refold.hosts],
    pair: newId(deps.clock),
    log: { id, at: deps.clock.now().toString(), ...cause },
  });
  const profiles = await refold.profiles.write(tx, new Set([into]));
  const changes = await deps.segments.separate(tx, refold.states, { into, from, members, profiles });
  if (changes === null) throw refuseMerging("separating_busy");
  const byType = Map.groupBy(identifiers, (identifier) => identifier.type);
  await deps.onSeparate(tx, {
    from,
    into,
    members,
    identifiers: new Map([...byType].map(([type, all]) => [type, all.map((identifier) => identifier.value)])),
    orderIds: refold.orderIds,
  });
  const { keys } = refold;
  const separated = { id, from, into, members, hosts: [...plan.hosts], keys, profiles };
  const told = await deps.pipeline.noteSeparation(tx, separated, changes);
  const answer = {
    profile_id: into,
    separated: from,
    identifiers: identifiers.length,
    events: refold.events,
    events_since: keys.length / 16,
  };
  return { answer, told };
}
