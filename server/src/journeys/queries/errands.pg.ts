import { type Db, list, rows, send, sql, type Tx } from "../../platform/db.ts";
import type { JsonObject } from "../../platform/json.ts";
import type { Errand } from "../nodes/node-kind.ts";

export interface ErrandRow {
  readonly id: string;
  readonly kind: string;
  readonly run_id: string;
  readonly profile_id: string;
  readonly node: string;
  readonly steps: number;
  readonly what: JsonObject;
  readonly attempts: number;
}

export function insertErrands(tx: Tx, errands: readonly Errand[], now: string): void {
  if (errands.length === 0) return;
  send(
    tx,
    sql`
    insert into journeys.errands (id, kind, run_id, profile_id, node, steps, what, due_at, created_at)
    select new.*, ${now}, ${now} from unnest(
      ${list(
        "text",
        errands.map(({ id }) => id),
      )}, ${list(
        "text",
        errands.map(({ kind }) => kind),
      )},
      ${list(
        "uuid",
        errands.map(({ run }) => run.id),
      )}, ${list(
        "uuid",
        errands.map(({ run }) => run.profileId),
      )},
      ${list(
        "text",
        errands.map(({ run }) => run.node),
      )}, ${list(
        "int4",
        errands.map(({ run }) => run.steps),
      )},
      ${list(
        "jsonb",
        errands.map(({ what }) => JSON.stringify(what)),
      )}
    ) as new (id, kind, run_id, profile_id, node, steps, what)
    on conflict (id) do nothing`,
  );
}

/** Takes errands in hand until `until`: whoever finds them due again then may think that we are gone. */
export async function claimErrands(db: Db, now: string, until: string, limit: number): Promise<ErrandRow[]> {
  return await rows(
    db,
    sql<ErrandRow>`
      update journeys.errands e set due_at = ${until}, attempts = attempts + 1
      where id = any(array(
        select id from journeys.errands where due_at <= ${now} order by due_at limit ${limit} for update skip locked
      ))
      returning id, kind, run_id, profile_id, node, steps, what, attempts`,
  );
}

export async function postponeErrand(db: Db, id: string, until: string): Promise<void> {
  await sql`update journeys.errands set due_at = ${until} where id = ${id}`.execute(db);
}

export async function removeErrands(db: Db, ids: readonly string[]): Promise<void> {
  await sql`delete from journeys.errands where id = any(${list("text", ids)})`.execute(db);
}

export async function nextErrandDue(db: Db): Promise<string | null> {
  const [found] = await rows(db, sql<{ at: string | null }>`select min(due_at) as at from journeys.errands`);
  return found?.at ?? null;
}

/** Lets a run go on that rests at this very step, with what it has been answered; false when it has gone on meanwhile. */
export async function answerRun(
  db: Db,
  errand: Pick<ErrandRow, "run_id" | "node" | "steps">,
  given: { now: string; saveAs: string; answer: JsonObject },
): Promise<boolean> {
  const found = await rows(
    db,
    sql<{ id: string }>`
      update journeys.runs r
      set wake_at = ${given.now},
          carries = jsonb_set(
            case when carries ? 'answers' then carries else carries || '{"answers": {}}' end,
            array['answers', ${given.saveAs}]::text[], ${JSON.stringify(given.answer)}::jsonb)
      where id = ${errand.run_id} and exited_at is null and status = 'waiting' and node = ${errand.node}
        and steps = ${errand.steps} + 1
      returning id`,
  );
  return found.length > 0;
}
