import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, sqlState, type Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { checkReferences } from "./check-references.ts";
import type { Condition, Grammar } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { parseDefinition } from "./parse-definition.ts";
import { canonical } from "./predicates/canonical.ts";
import { queueFill } from "./queries/fills.pg.ts";
import { bumpVersion } from "./queries/load-registry.pg.ts";
import { findSegment, insertSegment, updateSegmentRow } from "./queries/segments.pg.ts";

export interface CreateSegment {
  readonly name: string;
  /** Checked here: whatever came over the wire. */
  readonly definition: unknown;
  readonly enter_on_first_fill?: boolean;
  readonly id?: string;
}

export interface SegmentWriteDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly grammar: Grammar;
}

/** Writes a segment and queues its first fill; gives its id. Refuses bad definitions and taken names. */
export async function createSegment(deps: SegmentWriteDeps, given: CreateSegment): Promise<string> {
  const definition = parseDefinition(given.definition, deps.grammar);
  const id = given.id ?? newId(deps.clock);
  await nameIsFree(
    inTransaction(deps.db, async (tx) => {
      await checkReferences(tx, deps.grammar, id, definition);
      await addSegment(tx, deps.clock, {
        id,
        name: given.name,
        definition,
        enterOnFirstFill: given.enter_on_first_fill ?? false,
        isHidden: false,
      });
    }),
  );
  return id;
}

export async function addSegment(
  tx: Tx,
  clock: Clock,
  row: { id: string; name: string; definition: Condition; enterOnFirstFill: boolean; isHidden: boolean },
): Promise<void> {
  const now = clock.now().toString();
  await insertSegment(tx, { ...row, now });
  await queueFill(tx, row.id, now);
}

/** Renames at once; another definition is filled beside the live one and takes its place when it is complete. */
export async function updateSegment(
  deps: SegmentWriteDeps,
  id: string,
  given: { readonly name?: string | undefined; readonly definition?: unknown },
): Promise<void> {
  const definition = given.definition === undefined ? null : parseDefinition(given.definition, deps.grammar);
  await nameIsFree(
    inTransaction(deps.db, async (tx) => {
      const before = await findSegment(tx, id);
      if (!before) throw refuse("segment_not_found");
      if (definition !== null) await checkReferences(tx, deps.grammar, id, definition);
      const now = deps.clock.now().toString();
      await updateSegmentRow(tx, id, given.name ?? before.name, definition ?? before.definition, now);
      if (definition !== null && canonical(definition) !== canonical(before.definition)) await queueFill(tx, id, now);
      await bumpVersion(tx);
    }),
  );
}

const UNIQUE_VIOLATION = "23505";

async function nameIsFree(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION)
      throw refuse("segment_name_taken", undefined, [
        { path: "name", message: "another segment has this name; capitals make no difference" },
      ]);
    throw error;
  }
}
