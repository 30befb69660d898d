import type { Db } from "../platform/db.ts";
import type { FieldError } from "../platform/errors.ts";
import type { Condition, Grammar } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { fieldError } from "./field-problems.ts";
import { isForeign, leavesWithPaths, MOST_RESOLVED, resolvedSize, segmentsIn } from "./parse-definition.ts";
import { existingLists } from "./queries/lists.pg.ts";
import { loadDefinitions } from "./queries/segments.pg.ts";
import { readMeanings } from "./write-out.ts";

/**
 * Refuses a definition that asks for segments, lists or things of other rooms that are not there, contains itself, or
 * grows too large when written out.
 */
export async function checkReferences(
  db: Db,
  grammar: Grammar,
  id: string | null,
  definition: Condition,
): Promise<void> {
  const problems: FieldError[] = [];
  const leaves = leavesWithPaths(definition, "definition");
  const lists = await existingLists(
    db,
    leaves.flatMap(({ node }) => ("in_list" in node ? [node.in_list] : [])),
  );
  const meaningOf = await readMeanings(db, grammar, [definition]);
  const asksSegments = leaves.some(({ node }) => "in_segment" in node);
  const rows = asksSegments ? (await loadDefinitions(db)).filter((row) => !row.is_hidden) : [];
  const definitions = new Map(rows.map((row) => [row.id, row.definition]));
  if (id !== null) definitions.set(id, definition);

  for (const { node, path } of leaves) {
    if ("in_list" in node && !lists.has(node.in_list)) problems.push(fieldError("list_gone", `${path}.in_list`));
    if ("in_segment" in node) {
      const inner = node.in_segment;
      if (!definitions.has(inner)) problems.push(fieldError("segment_gone", `${path}.in_segment`));
      else if (id !== null && reaches(inner, id, definitions)) {
        const name = rows.find((row) => row.id === inner)?.name ?? "itself";
        const told = fieldError("contains_itself", `${path}.in_segment`);
        problems.push({ ...told, message: `${told.message} (by way of "${name}")` });
      }
    }
    if (isForeign(node, grammar)) {
      const meaning = meaningOf(node);
      if ("problem" in meaning) problems.push({ path, message: meaning.problem, code: "not_there" });
    }
  }
  if (problems.length === 0 && resolvedSize(definition, definitions) > MOST_RESOLVED)
    problems.push(fieldError("too_large_inside", "definition"));
  if (problems.length > 0) throw refuse("invalid_definition", undefined, problems);
}

/** Whether `target` stands in `from`, however deep. Stored definitions have no cycle, so only the new one can close one. */
function reaches(
  from: string,
  target: string,
  definitions: ReadonlyMap<string, Condition>,
  seen = new Set<string>(),
): boolean {
  if (from === target) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const definition = definitions.get(from);
  return definition !== undefined && segmentsIn(definition).some((inner) => reaches(inner, target, definitions, seen));
}
