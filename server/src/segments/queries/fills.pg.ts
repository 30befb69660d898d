import { type Db, one, rows, sql, type Tx } from "../../platform/db.ts";

export interface FillRow {
  /** Null before it is begun. */
  readonly group_id: number | null;
  readonly phase: "queued" | "filling" | "deciding" | "switching";
  readonly watermark: number | null;
  readonly chunk: number;
  readonly chunks: number;
  readonly after_profile: string | null;
}

/** One fill at a time over all nodes: each builds on what the one before has made live. */
const FILL_LOCK = 7_415_503;

export async function queueFill(tx: Tx, segmentId: string, now: string): Promise<void> {
  await sql`insert into segments.fills (segment_id, phase, created_at) values (${segmentId}, 'queued', ${now})`.execute(
    tx,
  );
}

export async function tryFillLock(tx: Tx): Promise<boolean> {
  const row = await one(tx, sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${FILL_LOCK}) as got`);
  return row?.got ?? false;
}

/** The oldest fill, locked; all of its group stand where it stands. */
export async function nextFill(tx: Tx): Promise<FillRow | undefined> {
  return await one(
    tx,
    sql<FillRow>`
      select group_id, phase, watermark, chunk, chunks, after_profile from segments.fills order by id limit 1 for update`,
  );
}

/** Whether states are just being read from History: what came before the fill began is not all there. */
export async function isFilling(tx: Tx): Promise<boolean> {
  return (await one(tx, sql`select 1 from segments.fills where phase = 'filling' limit 1`)) !== undefined;
}

/** Makes one group of everything that waits; gives its number and the segments to fill. */
export async function groupQueued(tx: Tx): Promise<{ groupId: number; segmentIds: string[] }> {
  const found = await rows(
    tx,
    sql<{ group_id: number; segment_id: string }>`
      update segments.fills set group_id = (select min(id) from segments.fills) where phase = 'queued'
      returning group_id, segment_id`,
  );
  return { groupId: found[0]?.group_id ?? 0, segmentIds: [...new Set(found.map((row) => row.segment_id))] };
}

export async function saveFill(tx: Tx, fill: FillRow): Promise<void> {
  await sql`
    update segments.fills
    set phase = ${fill.phase}, watermark = ${fill.watermark}, chunk = ${fill.chunk}, chunks = ${fill.chunks},
      after_profile = ${fill.after_profile}, problem = null
    where group_id = ${fill.group_id}`.execute(tx);
}

/** Says on the segment why its fill does not go on. */
export async function noteProblem(db: Db, problem: string): Promise<void> {
  await sql`
    update segments.fills set problem = ${problem} where segment_id in (select segment_id from segments.fills order by id limit 1)`.execute(
    db,
  );
}

export async function removeGroup(tx: Tx, groupId: number | null): Promise<void> {
  await sql`delete from segments.fills where group_id = ${groupId}`.execute(tx);
}

/** Drops the fills of a segment, waiting for a step under way. */
export async function removeFillsOf(tx: Tx, segmentId: string): Promise<void> {
  await sql`delete from segments.fills where segment_id = ${segmentId}`.execute(tx);
}

export async function hasFills(db: Db): Promise<boolean> {
  return (await one(db, sql`select 1 from segments.fills limit 1`)) !== undefined;
}
