import { rememberErased } from "../identity/index.ts";
import { inTransaction, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import type { Erased, Person } from "../platform/personal-data.ts";
import type { PrivacyDeps } from "./deps.ts";
import { lockPerson } from "./lock-person.ts";
import { claimErasure, type ErasureWork, type Progress, type StoreDone, saveProgress } from "./queries/erasures.pg.ts";
import { openSubject, sealSubject } from "./subject.ts";

/** Longer than any step takes; a worker that died is taken over after it. */
const CLAIM_LASTS = { minutes: 2 } as const;
const TRY_AGAIN_AFTER = { seconds: 2 } as const;
/** Longer than any call or claim of a message that may have had the person in its hands. */
const SECOND_LOOK_AFTER = { minutes: 5 } as const;

/** Takes every erasure that is due one step further; each step is one transaction or can be repeated. */
export async function workErasures(deps: PrivacyDeps, signal?: AbortSignal): Promise<void> {
  const seen: string[] = [];
  const tried = new Set<string>();
  while (!signal?.aborted) {
    const now = deps.clock.now();
    const claim = newId(deps.clock);
    const work = await claimErasure(deps.db, {
      now: now.toString(),
      until: now.add(CLAIM_LASTS).toString(),
      claim,
      not: seen,
    });
    if (!work) return;
    await step(deps, work, claim);
    // One that still waits for something comes again with the next turn.
    if (work.state !== "waiting" || tried.has(work.id)) seen.push(work.id);
    tried.add(work.id);
    deps.bus.changed("erasure", work.id, ["progress"]);
  }
}

function step(deps: PrivacyDeps, work: ErasureWork, claim: string): Promise<void> {
  if (work.state === "waiting") return eraseClose(deps, work, claim);
  return work.state === "erasing" ? eraseDistant(deps, work, claim) : lookAgain(deps, work, claim);
}

/** While History is being told of a separation, whose some events are stands nowhere whole: it takes a moment. */
async function postpone(deps: PrivacyDeps, work: ErasureWork, claim: string): Promise<void> {
  await saveProgress(deps.db, {
    ...carry(work, claim),
    state: "waiting",
    subject: work.subject,
    stores: {},
    finishedAt: null,
    checkedAt: null,
    dueAt: deps.clock.now().toString(),
    problem: null,
  });
}

/** The person is gone from wherever people are looked up, and nothing that comes later finds it again: one transaction. */
async function eraseClose(deps: PrivacyDeps, work: ErasureWork, claim: string): Promise<void> {
  if (await deps.isHandingOver(deps.db)) return postpone(deps, work, claim);
  const asked = openSubject(deps.secrets, work.subject);
  const person = await inTransaction(deps.db, async (tx) => {
    const [profileId] = asked.profileIds;
    const found = profileId === undefined ? null : await lockPerson(tx, profileId);
    const whole = { ...(found ?? NOBODY), identifiers: union(found?.identifiers, asked.identifiers) };
    const now = deps.clock.now().toString();
    await rememberErased(tx, deps.secrets, whole, { erasureId: work.id, now, suppress: work.suppress });
    const stores = await eraseStores(tx, deps, whole, {});
    const progress: Progress = {
      id: work.id,
      claim,
      state: "erasing",
      subject: sealSubject(deps.secrets, whole),
      stores,
      marks: { ...(await deps.readMarks(tx)), at: now },
      finishedAt: null,
      checkedAt: null,
      dueAt: now,
      problem: null,
    };
    if (!(await saveProgress(tx, progress))) throw new TypeError("another worker has this erasure");
    return whole;
  });
  for (const id of person.profileIds) deps.bus.changed("profile", id, ["erased"]);
}

const NOBODY = { profileIds: [], under: [], guests: [] } as const;

function union(a: Person["identifiers"] = [], b: Person["identifiers"]): Person["identifiers"] {
  return [...a, ...b.filter((one) => !a.some(({ type, value }) => type === one.type && value === one.value))];
}

async function eraseStores(
  tx: Tx,
  deps: PrivacyDeps,
  person: Person,
  before: ErasureWork["stores"],
): Promise<Record<string, StoreDone>> {
  const stores: Record<string, StoreDone> = { ...before };
  for (const [name, store] of Object.entries(deps.stores.close))
    stores[name] = note(deps, before[name], await store.erase(tx, person));
  return stores;
}

/** The other stores, each by itself: one that does not answer holds no other back. */
async function eraseDistant(deps: PrivacyDeps, work: ErasureWork, claim: string): Promise<void> {
  const person = openSubject(deps.secrets, work.subject);
  const { stores, problem } = await eraseWhatIsLeft(deps, work, person, work.stores);
  const now = deps.clock.now();
  const isDone = Object.keys(deps.stores.distant).every((name) => stores[name]);
  await saveProgress(deps.db, {
    ...carry(work, claim),
    state: isDone ? "done" : "erasing",
    subject: work.subject,
    stores,
    finishedAt: isDone ? now.toString() : null,
    checkedAt: null,
    dueAt: (isDone ? now.add(SECOND_LOOK_AFTER) : problem ? now.add(TRY_AGAIN_AFTER) : now).toString(),
    problem,
  });
}

async function eraseWhatIsLeft(
  deps: PrivacyDeps,
  work: ErasureWork,
  person: Person,
  before: ErasureWork["stores"],
): Promise<{ stores: Record<string, StoreDone>; problem: string | null }> {
  const stores: Record<string, StoreDone> = { ...before };
  const { marks } = carry(work, "");
  let problem: string | null = null;
  for (const [name, store] of Object.entries(deps.stores.distant)) {
    if (work.state === "erasing" && stores[name]) continue;
    try {
      const done = await store.erase(deps.db, person, marks);
      if (done) stores[name] = note(deps, stores[name], done);
    } catch (error) {
      problem ??= name;
      deps.log.warn(
        { erasure: work.id, store: name, code: codeOf(error) },
        "a store cannot be erased just now; trying again",
      );
    }
  }
  return { stores, problem };
}

/**
 * Once more, for what was in somebody's hands. The close stores go by the ids alone: the identifiers may lead to a new
 * person by now; the distant ones know what is older than the erasure.
 */
async function lookAgain(deps: PrivacyDeps, work: ErasureWork, claim: string): Promise<void> {
  const person = openSubject(deps.secrets, work.subject);
  const byIds: Person = { ...person, identifiers: [] };
  const close = await inTransaction(deps.db, (tx) => eraseStores(tx, deps, byIds, work.stores));
  const { stores, problem } = await eraseWhatIsLeft(deps, work, person, close);
  const now = deps.clock.now();
  await saveProgress(deps.db, {
    ...carry(work, claim),
    state: "done",
    subject: problem ? work.subject : null,
    stores,
    finishedAt: work.finished_at,
    checkedAt: problem ? null : now.toString(),
    dueAt: problem ? now.add(TRY_AGAIN_AFTER).toString() : null,
    problem,
  });
}

function carry(work: ErasureWork, claim: string) {
  const marks = { at: work.erased_at ?? "", inbox: work.inbox_mark ?? 0, outbox: work.outbox_mark ?? 0 };
  return { id: work.id, claim, marks };
}

/** What a second look finds is added. */
function note(deps: PrivacyDeps, before: StoreDone | undefined, { removed, kept = {} }: Erased): StoreDone {
  return {
    removed: add(before?.removed, removed),
    kept: add(before?.kept, kept),
    at: before?.at ?? deps.clock.now().toString({ smallestUnit: "millisecond" }),
  };
}

function add(a: Readonly<Record<string, number>> = {}, b: Readonly<Record<string, number>> = {}) {
  const sum: Record<string, number> = { ...a };
  for (const [kind, n] of Object.entries(b)) sum[kind] = (sum[kind] ?? 0) + n;
  return sum;
}

function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error) return String(error.code);
  return error instanceof Error ? error.name : "unknown";
}
