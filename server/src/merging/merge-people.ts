import { allowTogether, type HeldRow, keyOf, loadAliases, loadOpen, type Rules } from "../identity/index.ts";
import { lockBoth, type Told } from "../pipeline/index.ts";
import { inTransaction, type Tx } from "../platform/db.ts";
import { isUuid } from "../platform/ids.ts";
import { loadProfiles, requireProfile } from "../profiles/index.ts";
import type { MergeAnswer, MergeBody, Unusual } from "./contracts.ts";
import type { MergingDeps } from "./deps.ts";
import { refuseMerging } from "./errors.ts";

/**
 * Makes two people one because a person says so. It may join whom no event would; the answer says what was unusual. Two
 * who had been separated may meet again by themselves afterwards.
 */
export async function mergePeople(deps: MergingDeps, body: MergeBody, actor: string): Promise<MergeAnswer> {
  const rules = await deps.identityRules();
  const { answer, told } = await inTransaction(deps.db, async (tx) => {
    const into = await requireProfile(tx, body.into);
    const from = await requireProfile(tx, body.from);
    if (into === from) throw refuseMerging("same_person", await alreadyMerged(tx, body));
    // Identifiers are looked at before anybody is locked, as every batch does.
    await loadOpen(tx, [into, from]);
    for (const [path, id] of Object.entries({ into, from }))
      if (!(await loadProfiles(tx, [id])).has(id)) await refuseUnknown(path);
    const locked = await lockBoth(tx, [into, from]);
    if (!locked) throw Object.assign(new Error("one of them is being merged"), { code: "40001" });
    const { held } = await loadOpen(tx, [into, from]);
    const lifted = await allowTogether(tx, into, from);
    const theirs = held.filter((row) => row.profile_id === from).map(keyOf);
    const joined = { from, into, evidence: [], identifiers: theirs };
    const told: Told = await deps.pipeline.join(tx, locked, joined, { reason: body.reason, actor });
    const unusual = [...unusualIn(held, rules, deps.clock.now()), ...(lifted > 0 ? [SEPARATED] : [])];
    return { answer: { profile_id: into, from, unusual }, told };
  });
  deps.pipeline.tell(told);
  return answer;
}

const SEPARATED: Unusual = { rule: "separated", type: null, count: null, limit: null };

async function alreadyMerged(tx: Tx, { into, from }: MergeBody): Promise<string | undefined> {
  const old = await loadAliases(tx, [into, from].filter(isUuid));
  return old.size > 0 ? "One of them was merged into the other already." : undefined;
}

async function refuseUnknown(path: string): Promise<never> {
  throw refuseMerging("unknown_person", undefined, [{ path, message: "is nobody we know" }]);
}

/** What would have kept an event from joining people who hold all of these. */
function unusualIn(held: readonly HeldRow[], rules: Rules, now: Temporal.Instant): Unusual[] {
  const found: Unusual[] = [];
  for (const { type, limit, windowMs } of rules.ofType.values()) {
    const since = windowMs === null ? null : now.epochMilliseconds - windowMs;
    const own = held.filter((row) => row.type === type);
    const count = own.filter((row) => since === null || Date.parse(row.first_seen) > since).length;
    if (count > limit) found.push({ rule: "limit", type, count, limit });
    if (own.filter((row) => row.verified).length > 1)
      found.push({ rule: "verified_conflict", type, count: null, limit: null });
  }
  return found;
}
