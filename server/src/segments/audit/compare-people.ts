import { setTimeout as pause } from "node:timers/promises";

import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import { holdersAmong } from "../preview/holders-among.ts";
import { shareDefinitions } from "../queries/lock-definitions.pg.ts";
import { lockPeople } from "../queries/lock-people.pg.ts";
import type { AuditDeps } from "./audit-deps.ts";
import { type Finding, loadSubjects, type Subject } from "./queries/claim-audit.pg.ts";
import { dueAmong, membersAmong } from "./queries/members-among.pg.ts";

/** Batches wait for people who are looked at closely: for few, and not for long. */
const PEOPLE_AT_ONCE = 200;
/** What is on its way arrives within a second or two, unless something is wrong. */
const LOOKS = 5;
const BETWEEN_LOOKS_MS = 400;

/** Person → places of the subjects for which State and History did not say the same. */
type Doubtful = ReadonlyMap<string, ReadonlySet<number>>;

interface Asking {
  readonly deps: AuditDeps;
  readonly auditId: string;
  readonly subjects: readonly Subject[];
  readonly signal: AbortSignal;
}

/**
 * Where State and History do not say the same of some people. Both go on while they are asked, so that who differs is
 * looked at again, closely, until nothing of theirs is on its way.
 */
export async function comparePeople(asking: Asking, people: readonly string[]): Promise<Finding[]> {
  const { deps, subjects, signal } = asking;
  const first = await bothSides(asking, deps.db, people);
  const differences = subjects.map(() => new Map<string, boolean>());
  let doubtful: Doubtful = unlike(first, people);
  for (let look = 1; doubtful.size > 0 && look <= LOOKS; look++) {
    if (look > 1) await pause(BETWEEN_LOOKS_MS, undefined, { signal });
    const unsettled = new Map<string, ReadonlySet<number>>();
    for (const some of partsOf(doubtful)) {
      const seen = await inTransaction(deps.db, (tx) => lookClosely(tx, asking, some));
      for (const [id, places] of seen.unsettled) unsettled.set(id, places);
      for (const { id, place, isMember } of seen.differences) differences[place]?.set(id, isMember);
    }
    doubtful = unsettled;
  }
  return subjects.map(({ segment_id }, place) => ({
    segmentId: segment_id,
    members: first[place]?.live.size ?? 0,
    differences: differences[place] ?? new Map(),
    unsettled: [...doubtful.values()].filter((places) => places.has(place)).length,
  }));
}

/** For each subject who of some people is in, by State and by History. */
async function bothSides({ deps, subjects, signal }: Asking, db: Db, people: readonly string[]) {
  const members = await membersAmong(
    db,
    people,
    subjects.map(({ rule_id }) => rule_id),
  );
  const counting = { ...deps, db, now: deps.clock.now().epochMilliseconds, signal };
  const holders = await holdersAmong(
    counting,
    subjects.map(({ definition }) => definition),
    people,
  );
  return subjects.map(({ rule_id }, place) => ({
    live: members.get(rule_id) ?? NOBODY,
    history: holders[place] ?? NOBODY,
  }));
}

const NOBODY: ReadonlySet<string> = new Set();

function unlike(sides: Awaited<ReturnType<typeof bothSides>>, people: readonly string[]): Doubtful {
  const doubtful = new Map<string, Set<number>>();
  for (const [place, { live, history }] of sides.entries()) {
    for (const id of people) {
      if (live.has(id) === history.has(id)) continue;
      doubtful.set(id, (doubtful.get(id) ?? new Set()).add(place));
    }
  }
  return doubtful;
}

/** While these people are locked no batch and no sweep decides them: what has been folded of them stands still. */
async function lookClosely(tx: Tx, asking: Asking, doubtful: Doubtful) {
  const { deps, subjects } = asking;
  await shareDefinitions(tx);
  const known = await lockPeople(tx, [...doubtful.keys()]);
  const people = [...known];
  const inForce = new Set((await loadSubjects(tx, asking.auditId)).map(({ rule_id }) => rule_id));
  const onTheirWay = await deps.onTheirWay(tx, people);
  const due = await dueAmong(tx, people, [...inForce], deps.clock.now().toString());
  const sides = await bothSides(asking, tx, people);
  const unsettled = new Map<string, Set<number>>();
  const differences: { id: string; place: number; isMember: boolean }[] = [];
  for (const id of people) {
    for (const place of doubtful.get(id) ?? []) {
      const rule = subjects[place]?.rule_id ?? "";
      if (!inForce.has(rule)) continue;
      const isMember = sides[place]?.live.has(id) ?? false;
      if (onTheirWay.has(id) || due.get(rule)?.has(id)) unsettled.set(id, (unsettled.get(id) ?? new Set()).add(place));
      else if (isMember !== sides[place]?.history.has(id)) differences.push({ id, place, isMember });
    }
  }
  return { unsettled, differences };
}

function* partsOf(doubtful: Doubtful): Iterable<Doubtful> {
  const all = [...doubtful];
  for (let from = 0; from < all.length; from += PEOPLE_AT_ONCE) yield new Map(all.slice(from, from + PEOPLE_AT_ONCE));
}
