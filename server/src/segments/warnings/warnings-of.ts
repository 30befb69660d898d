import type { Db } from "../../platform/db.ts";
import { AppError } from "../../platform/errors.ts";
import type { Grammar } from "../contracts.ts";
import { parseDefinition, segmentsIn } from "../parse-definition.ts";
import { loadDefinitions } from "../queries/segments.pg.ts";
import { ALL_COMPUTED } from "../vocabulary/read-vocabulary.ts";
import type { Surveys } from "../vocabulary/surveys.ts";
import { createWriter } from "../write-out.ts";
import { findUnknownNames, type NamedPlace, namesIn } from "./find-unknown-names.ts";
import { findWarnings, type Warning } from "./find-warnings.ts";

interface WarningDeps {
  readonly db: Db;
  readonly grammar: Grammar;
  readonly surveys: Surveys;
}

/** What the author of a definition should know about it, though it is valid. */
export async function warningsOf({ db, grammar, surveys }: WarningDeps, input: unknown): Promise<Warning[]> {
  const definition = parseDefinition(input, grammar);
  const rows = segmentsIn(definition).length > 0 ? await loadDefinitions(db) : [];
  const definitions = new Map(rows.map((row) => [row.id, row.definition]));
  return [
    ...findWarnings(definition, await createWriter(db, grammar, [definition], definitions)),
    ...(await unknownNames(surveys, namesIn(definition))),
  ];
}

/** Asks only for the kinds of names that are there. */
async function unknownNames(surveys: Surveys, places: readonly NamedPlace[]): Promise<Warning[]> {
  const isAsked = (kind: NamedPlace["kind"]) => places.some((place) => place.kind === kind);
  return findUnknownNames(places, {
    events: isAsked("events") ? await seenEvents(surveys) : null,
    traits: isAsked("traits") ? byCount((await surveys.ofPeople("trait")).paths) : null,
    computed: ALL_COMPUTED,
  });
}

function byCount(paths: ReadonlyMap<string, { readonly count: number }>): string[] {
  return [...paths].sort(([, a], [, b]) => b.count - a.count).map(([name]) => name);
}

/** While History is away nobody can tell; that is no reason to refuse a definition. */
async function seenEvents(surveys: Surveys): Promise<readonly string[] | null> {
  try {
    return await surveys.eventNames();
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") return null;
    throw error;
  }
}
