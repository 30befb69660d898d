import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import { checkReferences } from "./check-references.ts";
import { leafParts } from "./compile/leaf-parts.ts";
import { isEventOnly } from "./compile/tree-sql.ts";
import type { Condition, Grammar, PreviewView } from "./contracts.ts";
import { parseDefinition } from "./parse-definition.ts";
import { canonical } from "./predicates/canonical.ts";
import { countByPerson, countEverybody } from "./preview/count-by-person.ts";
import { countInHistory } from "./preview/count-in-history.ts";
import type { Counted, Counting } from "./preview/counting.ts";
import type { SharedCounts } from "./preview/shared-counts.ts";
import { loadDefinitions } from "./queries/segments.pg.ts";
import { toMember } from "./read-segments.ts";
import type { LoadProfiles } from "./take-due.ts";
import { createWriter } from "./write-out.ts";

export interface PreviewDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  readonly loadProfiles: LoadProfiles;
  readonly grammar: Grammar;
}

export interface AskPreview {
  /** Checked here: whatever came over the wire. */
  readonly definition: unknown;
  /** Look at everybody rather than reckon from a sample. */
  readonly exact: boolean;
}

const SAMPLE = 10;

/** How many people a definition would hold now, and ten of them. Writes nothing. */
export async function previewSegment(
  deps: PreviewDeps,
  counts: SharedCounts,
  asked: AskPreview,
  signal: AbortSignal,
): Promise<Omit<PreviewView, "warnings">> {
  const definition = await resolved(deps.db, deps.grammar, asked.definition);
  const { size, ids, isExact, at } = await counts.get(
    canonical({ definition, exact: asked.exact }),
    signal,
    (now, given) => count({ ...deps, now, signal: given }, definition, asked.exact),
  );
  const shown = ids.slice(0, SAMPLE);
  const profiles = await deps.loadProfiles(deps.db, shown);
  return {
    size,
    exact: isExact,
    counted_at: Temporal.Instant.fromEpochMilliseconds(at).toString(),
    sample: shown.map((id) => toMember(id, profiles.get(id))),
  };
}

async function count(deps: Counting, definition: Condition, exact: boolean): Promise<Counted> {
  if (isEventOnly(definition) && leafParts([definition], deps.now).length <= 1)
    return await countInHistory(deps, definition, SAMPLE);
  const quick = await countByPerson(deps, definition);
  return quick.isExact || !exact ? quick : await countEverybody(deps, definition, SAMPLE);
}

/** A definition as it came over the wire, checked and written out. */
export async function resolved(db: Db, grammar: Grammar, input: unknown): Promise<Condition> {
  const definition = parseDefinition(input, grammar);
  await checkReferences(db, grammar, null, definition);
  const definitions = new Map((await loadDefinitions(db)).map((row) => [row.id, row.definition]));
  return (await createWriter(db, grammar, [definition], definitions))(definition);
}
