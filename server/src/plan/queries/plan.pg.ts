import { type Db, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { JsonSchema, PlannedEvent, PlannedInput, PlanRules } from "../contracts.ts";

export type ActivePlan = Pick<PlannedEvent, "name" | "mode" | "schema">;

export async function readRules(db: Db): Promise<PlanRules & { readonly revision: number }> {
  const found = await one(
    db,
    sql<PlanRules & { revision: number }>`select unplanned, revision from plan.rules where is_only`,
  );
  return found ?? { unplanned: "allow", revision: 0 };
}

export async function writeRules(db: Db, { unplanned }: PlanRules): Promise<void> {
  await sql`update plan.rules set unplanned = ${unplanned}, revision = revision + 1`.execute(db);
}

export async function readActivePlans(db: Db): Promise<ActivePlan[]> {
  return rows(db, sql<ActivePlan>`select name, mode, schema from plan.events where archived_at is null`);
}

const COLUMNS = sql`name, mode, schema, version, updated_at, updated_by, archived_at`;

export async function readPlanned(db: Db, name: string): Promise<PlannedEvent | null> {
  return (await one(db, sql<PlannedEvent>`select ${COLUMNS} from plan.events where name = ${name}`)) ?? null;
}

/** As `readPlanned`, held until the transaction ends. */
export async function lockPlanned(tx: Tx, name: string): Promise<PlannedEvent | null> {
  // Held by the rules' row, so that two who plan the same new name come one after the other.
  await sql`select from plan.rules for update`.execute(tx);
  return readPlanned(tx, name);
}

export interface Writing extends Pick<PlannedInput, "mode"> {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly version: number;
  readonly at: string;
  readonly author: string;
}

/** Writes a version and makes it the one that holds. */
export async function writePlanned(tx: Tx, { name, mode, schema, version, at, author }: Writing): Promise<void> {
  const text = JSON.stringify(schema);
  await sql`
    insert into plan.events (name, mode, schema, version, updated_at, updated_by)
    values (${name}, ${mode}, ${text}::json, ${version}, ${at}, ${author})
    on conflict (name) do update set mode = excluded.mode, schema = excluded.schema, version = excluded.version,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by, archived_at = null`.execute(tx);
  await sql`
    insert into plan.versions (name, version, mode, schema, at, author)
    values (${name}, ${version}, ${mode}, ${text}::json, ${at}, ${author})`.execute(tx);
  await sql`update plan.rules set revision = revision + 1`.execute(tx);
}

/** Archives a plan, or takes it back (`at` null); whether there was one. */
export async function setArchived(tx: Tx, name: string, at: string | null): Promise<boolean> {
  const found = await one(tx, sql`update plan.events set archived_at = ${at} where name = ${name} returning name`);
  await sql`update plan.rules set revision = revision + 1`.execute(tx);
  return found !== undefined;
}

export interface VersionRow {
  readonly version: number;
  readonly mode: PlannedEvent["mode"];
  readonly at: string;
  readonly author: string;
}

export async function readVersions(db: Db, name: string): Promise<VersionRow[]> {
  return rows(
    db,
    sql<VersionRow>`
      select version, mode, at, author from plan.versions where name = ${name} order by version desc limit 100`,
  );
}

export async function readVersion(db: Db, name: string, version: number): Promise<JsonSchema | null> {
  const found = await one(
    db,
    sql<{ schema: JsonSchema }>`select schema from plan.versions where name = ${name} and version = ${version}`,
  );
  return found?.schema ?? null;
}
