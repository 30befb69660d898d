import { type Db, list, one, rows, sql, type Tx } from "../../../platform/db.ts";
import type { Broadcast } from "../broadcast.ts";
import type { Audience, BroadcastState } from "../contracts.ts";

const COLUMNS = sql.raw(`
  id, name, audience, variants, holdout, winner_rule, schedule, per_minute, state, paused, step_at, cursor, fed_until,
  audience_size, winner, winner_reason, problem, launched_at, started_at, tested_at, ended_at, created_at, updated_at`);

export async function insertBroadcast(db: Db, row: Broadcast): Promise<void> {
  await sql`
    insert into messages.broadcasts
      (id, name, audience, variants, holdout, winner_rule, schedule, per_minute, state, created_at, updated_at)
    values (${row.id}, ${row.name}, ${JSON.stringify(row.audience)}, ${JSON.stringify(row.variants)}, ${row.holdout},
            ${row.winner_rule && JSON.stringify(row.winner_rule)}, ${JSON.stringify(row.schedule)}, ${row.per_minute},
            ${row.state}, ${row.created_at}, ${row.updated_at})`.execute(db);
}

/** Writes all of a broadcast that can change; the caller holds its row. */
export async function updateBroadcast(tx: Tx, row: Broadcast): Promise<void> {
  await sql`
    update messages.broadcasts
    set name = ${row.name}, audience = ${JSON.stringify(row.audience)}, variants = ${JSON.stringify(row.variants)},
        holdout = ${row.holdout}, winner_rule = ${row.winner_rule && JSON.stringify(row.winner_rule)},
        schedule = ${JSON.stringify(row.schedule)}, per_minute = ${row.per_minute}, state = ${row.state},
        paused = ${row.paused}, step_at = ${row.step_at}, cursor = ${row.cursor && JSON.stringify(row.cursor)},
        fed_until = ${row.fed_until}, audience_size = ${row.audience_size}, winner = ${row.winner},
        winner_reason = ${row.winner_reason}, problem = ${row.problem}, launched_at = ${row.launched_at},
        started_at = ${row.started_at}, tested_at = ${row.tested_at}, ended_at = ${row.ended_at},
        updated_at = ${row.updated_at}
    where id = ${row.id}`.execute(tx);
}

export async function findBroadcast(db: Db, id: string): Promise<Broadcast | undefined> {
  return one(db, sql<Broadcast>`select ${COLUMNS} from messages.broadcasts where id = ${id}`);
}

/** The keys of each broadcast's variants. */
export async function broadcastArms(db: Db): Promise<Map<string, ReadonlySet<string>>> {
  const found = await rows(db, sql<Pick<Broadcast, "id" | "variants">>`select id, variants from messages.broadcasts`);
  return new Map(found.map(({ id, variants }) => [id, new Set(variants.map(({ key }) => key))]));
}

/** Holds the row: whoever changes a broadcast, a person or a worker, does so alone. */
export async function lockBroadcast(tx: Tx, id: string): Promise<Broadcast | undefined> {
  return one(tx, sql<Broadcast>`select ${COLUMNS} from messages.broadcasts where id = ${id} for update`);
}

/** The broadcast whose step is due longest and that no other worker has in hand. Leans on broadcasts_step. */
export async function takeDueBroadcast(tx: Tx, now: string, except: readonly string[]): Promise<Broadcast | undefined> {
  return one(
    tx,
    sql<Broadcast>`
      select ${COLUMNS} from messages.broadcasts
      where step_at <= ${now} and not paused and id <> all (${list("uuid", except)})
      order by step_at limit 1 for update skip locked`,
  );
}

export async function nextStep(db: Db): Promise<string | null> {
  const found = await one(
    db,
    sql<{
      at: string | null;
    }>`select min(step_at) as at from messages.broadcasts where step_at is not null and not paused`,
  );
  return found?.at ?? null;
}

/** Newest first by id, which carries the time. */
export async function listBroadcasts(
  db: Db,
  filter: { readonly state: BroadcastState | null; readonly before: string | null; readonly limit: number },
): Promise<Broadcast[]> {
  const { state } = filter;
  const byState = state === null ? sql`true` : state === "paused" ? sql`paused` : sql`not paused and state = ${state}`;
  const before = filter.before === null ? sql`true` : sql`id < ${filter.before}`;
  return rows(
    db,
    sql<Broadcast>`
      select ${COLUMNS} from messages.broadcasts where ${byState} and ${before} order by id desc limit ${filter.limit}`,
  );
}

/** Only one that was never launched: nothing hangs on it. */
export async function deleteDraft(db: Db, id: string): Promise<boolean> {
  const result = await sql`delete from messages.broadcasts where id = ${id} and state = 'draft'`.execute(db);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function loadAudiences(db: Db, ids: readonly string[]): Promise<Map<string, Audience>> {
  const found = await rows(
    db,
    sql<{ id: string; audience: Audience }>`
      select id, audience from messages.broadcasts where id = any(${list("uuid", ids)})`,
  );
  return new Map(found.map(({ id, audience }) => [id, audience]));
}
