import { standardName } from "../collect/index.ts";
import { inTransaction } from "../platform/db.ts";
import { compileSchema } from "./compile-schema.ts";
import type { PlannedEvent, PlannedInput, PlanRules } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { lockPlanned, readPlanned, readVersion, setArchived, writePlanned, writeRules } from "./queries/plan.pg.ts";
import type { PlanDeps } from "./read-plan.ts";

export interface SaveDeps extends PlanDeps {
  /** Lets this process check by the new plan before the answer; the others hear of it by notice. */
  readonly reload: () => Promise<void>;
}

/** Writes a new version of an event's plan; refuses a schema that cannot be checked safely. */
export async function savePlanned(
  deps: SaveDeps,
  name: string,
  { mode, schema, base_version }: PlannedInput,
  author: string,
): Promise<PlannedEvent> {
  if (standardName(name) !== name) throw refuse("old_name", `Plan “${standardName(name)}”.`);
  const compiled = compileSchema(schema);
  if ("errors" in compiled) throw refuse("invalid_schema", undefined, compiled.errors);
  const at = deps.clock.now().toString();
  await inTransaction(deps.db, async (tx) => {
    const known = await lockPlanned(tx, name);
    const version = known?.version ?? 0;
    if (base_version !== undefined && base_version !== version) throw refuse("plan_conflict");
    await writePlanned(tx, { name, mode, schema, version: version + 1, at, author });
  });
  await tell(deps);
  return mustRead(deps, name);
}

/** Goes back to an older version by writing it anew, with the mode that holds now. */
export async function revertPlanned(
  deps: SaveDeps,
  name: string,
  version: number,
  author: string,
): Promise<PlannedEvent> {
  const { mode } = await mustRead(deps, name);
  const schema = await readVersion(deps.db, name, version);
  if (!schema) throw refuse("not_planned");
  return savePlanned(deps, name, { mode, schema }, author);
}

/** Archives a plan, or takes that back. */
export async function archivePlanned(deps: SaveDeps, name: string, isArchived: boolean): Promise<PlannedEvent> {
  const at = isArchived ? deps.clock.now().toString() : null;
  const found = await inTransaction(deps.db, (tx) => setArchived(tx, name, at));
  if (!found) throw refuse("not_planned");
  await tell(deps);
  return mustRead(deps, name);
}

export async function saveRules(deps: SaveDeps, rules: PlanRules): Promise<PlanRules> {
  await writeRules(deps.db, rules);
  await tell(deps);
  return rules;
}

async function mustRead(deps: SaveDeps, name: string): Promise<PlannedEvent> {
  const found = await readPlanned(deps.db, name);
  if (!found) throw refuse("not_planned");
  return found;
}

async function tell({ bus, reload }: SaveDeps): Promise<void> {
  bus.changed("plan", "all", ["plan"]);
  await reload();
}
