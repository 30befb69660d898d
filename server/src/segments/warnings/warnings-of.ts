import type { Db } from "../../platform/db.ts";
import type { Grammar } from "../contracts.ts";
import { parseDefinition, segmentsIn } from "../parse-definition.ts";
import { loadDefinitions } from "../queries/segments.pg.ts";
import { createWriter } from "../write-out.ts";
import { findWarnings, type Warning } from "./find-warnings.ts";

/** What the author of a definition should know about it, though it is valid. */
export async function warningsOf(
  { db, grammar }: { readonly db: Db; readonly grammar: Grammar },
  input: unknown,
): Promise<Warning[]> {
  const definition = parseDefinition(input, grammar);
  const rows = segmentsIn(definition).length > 0 ? await loadDefinitions(db) : [];
  const definitions = new Map(rows.map((row) => [row.id, row.definition]));
  return findWarnings(definition, await createWriter(db, grammar, [definition], definitions));
}
