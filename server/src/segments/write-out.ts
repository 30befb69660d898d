import type { Db } from "../platform/db.ts";
import type {
  CalendarTest,
  ComputedCondition,
  Condition,
  DidCondition,
  ForeignCondition,
  Grammar,
  Leaf,
  Meaning,
  TraitCondition,
} from "./contracts.ts";
import { isForeign, isTold, leavesWithPaths, segmentsIn } from "./parse-definition.ts";

export type MeaningOf = (node: ForeignCondition) => Meaning;

/** Reads what the foreign conditions among `conditions` hang on. Most definitions have none and cost nothing. */
export async function readMeanings(db: Db, grammar: Grammar, conditions: readonly Condition[]): Promise<MeaningOf> {
  const nodes = conditions.flatMap((condition) => leavesWithPaths(condition)).map(({ node }) => node);
  const asked = grammar.kinds.filter(({ key }) => nodes.some((node) => isTold(node, key)));
  const meanings = await Promise.all(asked.map(async (kind) => ({ key: kind.key, of: await kind.meaning(db) })));
  return (node) => {
    const found = meanings.find(({ key }) => isTold(node, key));
    return found ? found.of(node) : { problem: "there are no such conditions any more" };
  };
}

/** Stands for what a definition refers to and is gone. */
const NOBODY: Condition = { any: [] };

/**
 * Writes definitions out in conditions that are known here: every inner segment and every foreign condition is replaced
 * by what it says, so that one tree is decided at one instant. For `roots`; `definitions` are those of all segments.
 */
export async function createWriter(
  db: Db,
  grammar: Grammar,
  roots: readonly Condition[],
  definitions: ReadonlyMap<string, Condition>,
): Promise<(condition: Condition) => Condition> {
  const meaningOf = await readMeanings(db, grammar, withInner(roots, definitions));
  const write = (condition: Condition): Condition => {
    if ("all" in condition) return { all: condition.all.map(write) };
    if ("any" in condition) return { any: condition.any.map(write) };
    if ("not" in condition) return { not: write(condition.not) };
    if ("in_segment" in condition) return write(definitions.get(condition.in_segment) ?? NOBODY);
    if (!isForeign(condition, grammar)) return withZone(condition, grammar.timeZone);
    const meaning = meaningOf(condition);
    return "problem" in meaning ? NOBODY : write(meaning);
  };
  return write;
}

/** Whoever moves the retailer's zone moves what its days are, and with it the rule. */
function withZone(leaf: Leaf, timeZone: string): Leaf {
  return asksCalendar(leaf) ? { ...leaf, zone: leaf.zone ?? timeZone } : leaf;
}

type CalendarLeaf =
  | ((TraitCondition | ComputedCondition) & (CalendarTest | { readonly op: "anniversary_within" }))
  | DidCondition;

function asksCalendar(leaf: Leaf): leaf is CalendarLeaf {
  if ("op" in leaf) return leaf.op === "during" || leaf.op === "anniversary_within";
  if (!("did" in leaf)) return false;
  const { during, first, last }: Partial<DidCondition> = leaf;
  return during !== undefined || (first ?? last)?.op === "during";
}

/** These definitions and those of the segments in them, however deep. */
function withInner(roots: readonly Condition[], definitions: ReadonlyMap<string, Condition>): Condition[] {
  const found = new Set(roots);
  // A set goes on to what is added on the way.
  for (const condition of found) {
    for (const id of segmentsIn(condition)) {
      const inner = definitions.get(id);
      if (inner) found.add(inner);
    }
  }
  return [...found];
}
