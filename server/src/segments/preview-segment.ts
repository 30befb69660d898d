import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import { askHistory } from "./ask-history.ts";
import { checkReferences } from "./check-references.ts";
import { leafParts } from "./compile/leaf-parts.ts";
import { isEventOnly, treeSql } from "./compile/tree-sql.ts";
import type { Condition, Grammar, PreviewView } from "./contracts.ts";
import { parseDefinition } from "./parse-definition.ts";
import { compileTree, evaluateTree, leavesOf, type Person, type Tree } from "./predicates/tree.ts";
import { leafAnswers } from "./queries/leaf-answers.ch.ts";
import { loadListed } from "./queries/load-listed.pg.ts";
import { countPeople, newestPeople, nextPeople } from "./queries/people.pg.ts";
import { loadDefinitions } from "./queries/segments.pg.ts";
import { sizeInHistory } from "./queries/size-in-history.ch.ts";
import { toMember } from "./read-segments.ts";
import { nobody } from "./registry.ts";
import type { LoadProfiles } from "./take-due.ts";
import { createWriter } from "./write-out.ts";

export interface PreviewDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly loadProfiles: LoadProfiles;
  readonly grammar: Grammar;
}

const SAMPLE = 10;
const PEOPLE_PER_PAGE = 2_000;

/** How many people a definition would hold now, and ten of them. Writes nothing. */
export async function previewSegment(deps: PreviewDeps, input: unknown): Promise<Omit<PreviewView, "warnings">> {
  const definition = await resolved(deps.db, deps.grammar, input);
  const now = deps.clock.now().epochMilliseconds;
  const { size, ids } =
    (isEventOnly(definition) ? await countInHistory(deps, definition, now) : null) ??
    (await countOneByOne(deps, definition, now));
  const profiles = await deps.loadProfiles(deps.db, ids);
  return { size, sample: ids.slice(0, SAMPLE).map((id) => toMember(id, profiles.get(id))) };
}

/** A definition as it came over the wire, checked and written out. */
export async function resolved(db: Db, grammar: Grammar, input: unknown): Promise<Condition> {
  const definition = parseDefinition(input, grammar);
  await checkReferences(db, grammar, null, definition);
  const definitions = new Map((await loadDefinitions(db)).map((row) => [row.id, row.definition]));
  return (await createWriter(db, grammar, [definition], definitions))(definition);
}

/** What people did is counted by ClickHouse alone, or null when one statement cannot hold it all. When those who did nothing belong too, it counts who does not. */
async function countInHistory(
  deps: PreviewDeps,
  definition: Condition,
  now: number,
): Promise<{ size: number; ids: string[] } | null> {
  if (leafParts([definition], now).length > 1) return null;
  const tree = treeSql(definition, now);
  const isDefault = evaluateTree(compileTree(definition), nobody, now).holds;
  if (!isDefault) return await askHistory(() => sizeInHistory(deps.history, tree, true, SAMPLE));
  const [outside, people, candidates] = await Promise.all([
    askHistory(() => sizeInHistory(deps.history, tree, false, 0)),
    countPeople(deps.db),
    newestPeople(deps.db, 50 * SAMPLE),
  ]);
  const { ids: failing } = await askHistory(() =>
    sizeInHistory(deps.history, tree, false, candidates.length, candidates),
  );
  const out = new Set(failing);
  return { size: Math.max(0, people - outside.size), ids: candidates.filter((id) => !out.has(id)).slice(0, SAMPLE) };
}

/** History answers what people did, one bit per condition and person; State answers the rest, page by page. */
async function countOneByOne(
  deps: PreviewDeps,
  definition: Condition,
  now: number,
): Promise<{ size: number; ids: string[] }> {
  const tree = compileTree(definition);
  const answers = await answersFromHistory(deps, definition, now);
  const listIds = leavesOf(tree).flatMap((leaf) => (leaf.kind === "profile" ? (leaf.predicate.listId ?? []) : []));
  const ids: string[] = [];
  let size = 0;
  for (let after: string | null = null; ; ) {
    const page = await nextPeople(deps.db, after, PEOPLE_PER_PAGE);
    const profiles = await deps.loadProfiles(deps.db, page);
    const listed = await loadListed(deps.db, page, listIds);
    for (const [id, facts] of profiles) {
      const person = { facts, lists: listed.get(id) ?? new Set<string>(), stateOf: () => undefined };
      if (!holdsWith(tree, answers.get(id), person, now)) continue;
      size++;
      if (ids.length < SAMPLE) ids.push(id);
    }
    after = page.at(-1) ?? null;
    if (page.length < PEOPLE_PER_PAGE) return { size, ids };
  }
}

async function answersFromHistory(
  deps: PreviewDeps,
  definition: Condition,
  now: number,
): Promise<Map<string, Map<string, boolean>>> {
  const answers = new Map<string, Map<string, boolean>>();
  for (const part of leafParts([definition], now)) {
    for (const [id, bits] of await askHistory(() => leafAnswers(deps.history, part))) {
      const own = answers.get(id) ?? new Map<string, boolean>();
      answers.set(id, own);
      for (const [index, { predicate }] of part.leaves.entries()) own.set(predicate.key, bits[index] ?? false);
    }
  }
  return answers;
}

function holdsWith(
  tree: Tree,
  answers: ReadonlyMap<string, boolean> | undefined,
  person: Person,
  now: number,
): boolean {
  switch (tree.kind) {
    case "all":
      return tree.children.every((child) => holdsWith(child, answers, person, now));
    case "any":
      return tree.children.some((child) => holdsWith(child, answers, person, now));
    case "not":
      return !holdsWith(tree.child, answers, person, now);
    case "event":
      return answers?.get(tree.predicate.key) ?? tree.predicate.evaluate(undefined, now).holds;
    case "profile":
      return tree.predicate.evaluate(person.facts, person.lists, now).holds;
  }
}
