import type { Db } from "../platform/db.ts";
import type { FieldError } from "../platform/errors.ts";
import type { Condition } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { listsIn, MOST_RESOLVED, resolvedSize, segmentsIn } from "./parse-definition.ts";
import { existingLists } from "./queries/lists.pg.ts";
import { loadDefinitions } from "./queries/segments.pg.ts";

/** Refuses a definition that asks for segments or lists that are not there, contains itself, or grows too large when written out. */
export async function checkReferences(db: Db, id: string | null, definition: Condition): Promise<void> {
  const problems: FieldError[] = [];
  const lists = listsIn(definition);
  const known = await existingLists(db, lists);
  for (const list of lists)
    if (!known.has(list)) problems.push({ path: "definition", message: `there is no list ${list}` });
  const wanted = segmentsIn(definition);
  if (wanted.length > 0) {
    const rows = await loadDefinitions(db);
    const definitions = new Map(rows.filter((row) => !row.is_hidden).map((row) => [row.id, row.definition]));
    if (id !== null) definitions.set(id, definition);
    for (const inner of wanted) {
      if (!definitions.has(inner)) problems.push({ path: "definition", message: `there is no segment ${inner}` });
      else if (id !== null && reaches(inner, id, definitions)) {
        const name = rows.find((row) => row.id === inner)?.name ?? "itself";
        problems.push({ path: "definition", message: `a segment cannot contain itself (by way of "${name}")` });
      }
    }
    if (problems.length === 0 && resolvedSize(definition, definitions) > MOST_RESOLVED)
      problems.push({
        path: "definition",
        message: `with its inner segments it has more than ${MOST_RESOLVED} conditions`,
      });
  }
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
