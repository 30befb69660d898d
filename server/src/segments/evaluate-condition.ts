import type { Tx } from "../platform/db.ts";
import type { Grammar } from "./contracts.ts";
import { type KnowPersonDeps, knowPerson } from "./know-person.ts";
import { compileTree, evaluateTree } from "./predicates/tree.ts";
import { resolved } from "./preview-segment.ts";
import { shareDefinitions } from "./queries/lock-definitions.pg.ts";

/** Whether any condition holds for one person now. */
export async function evaluateCondition(
  tx: Tx,
  deps: KnowPersonDeps & { readonly grammar: Grammar },
  profileId: string,
  input: unknown,
  now: Temporal.Instant,
): Promise<boolean> {
  shareDefinitions(tx);
  const definition = await resolved(tx, deps.grammar, input);
  const tree = compileTree(definition);
  const person = await knowPerson(tx, deps, profileId, definition, tree, now);
  return person !== null && evaluateTree(tree, person, now.epochMilliseconds).holds;
}
