import { type Db, one, rows, sql, type Tx } from "../../platform/db.ts";
import type { Marks } from "../../platform/personal-data.ts";

export interface StoreDone {
  readonly removed: Readonly<Record<string, number>>;
  readonly kept?: Readonly<Record<string, number>>;
  readonly at: string;
}

export interface ErasureRow {
  readonly id: string;
  readonly requested_at: string;
  readonly requested_by: string;
  readonly suppress: boolean;
  readonly state: "waiting" | "erasing" | "done";
  readonly stores: Readonly<Record<string, StoreDone>>;
  readonly finished_at: string | null;
  readonly checked_at: string | null;
  readonly problem: string | null;
}

export interface ErasureWork extends ErasureRow {
  readonly subject: string;
  readonly inbox_mark: number | null;
  readonly outbox_mark: number | null;
  readonly erased_at: string | null;
}

const SHOWN = sql.raw("id, requested_at, requested_by, suppress, state, stores, finished_at, checked_at, problem");

export async function insertErasure(
  db: Db,
  row: {
    readonly id: string;
    readonly now: string;
    readonly by: string;
    readonly suppress: boolean;
    readonly subject: string;
  },
): Promise<void> {
  await sql`
    insert into privacy.erasures (id, requested_at, requested_by, suppress, state, subject, due_at)
    values (${row.id}, ${row.now}, ${row.by}, ${row.suppress}, 'waiting', ${row.subject}, ${row.now})`.execute(db);
}

export function loadErasure(db: Db, id: string): Promise<ErasureRow | undefined> {
  return one(db, sql<ErasureRow>`select ${SHOWN} from privacy.erasures where id = ${id}`);
}

export function listErasures(db: Db, after: string | null, limit: number): Promise<ErasureRow[]> {
  return rows(
    db,
    sql<ErasureRow>`
      select ${SHOWN} from privacy.erasures where ${after === null ? sql`true` : sql`id < ${after}::uuid`}
      order by id desc limit ${limit}`,
  );
}

/** Takes what is due for a while; a worker that died leaves it to the next. Leans on erasures_due. */
export async function claimErasure(
  db: Db,
  claim: { readonly now: string; readonly until: string; readonly claim: string; readonly not: readonly string[] },
): Promise<ErasureWork | undefined> {
  return one(
    db,
    sql<ErasureWork>`
      update privacy.erasures set claim = ${claim.claim}, due_at = ${claim.until}
      where id = (
        select id from privacy.erasures where due_at <= ${claim.now} and id <> all(${claim.not as string[]}::uuid[])
        order by due_at, id limit 1 for update skip locked)
      returning ${SHOWN}, subject, inbox_mark, outbox_mark, erased_at`,
  );
}

export interface Progress {
  readonly id: string;
  readonly claim: string;
  readonly state: ErasureRow["state"];
  /** Null takes away who it was about. */
  readonly subject: string | null;
  readonly stores: Readonly<Record<string, StoreDone>>;
  readonly marks: Marks;
  readonly finishedAt: string | null;
  readonly checkedAt: string | null;
  readonly dueAt: string | null;
  readonly problem: string | null;
}

/** False when another worker has it now. */
export async function saveProgress(tx: Tx | Db, p: Progress): Promise<boolean> {
  const result = await sql`
    update privacy.erasures set state = ${p.state}, subject = ${p.subject}, stores = ${JSON.stringify(p.stores)}::jsonb,
      inbox_mark = ${p.marks.inbox}, outbox_mark = ${p.marks.outbox}, erased_at = ${p.marks.at || null}, finished_at = ${p.finishedAt},
      checked_at = ${p.checkedAt}, due_at = ${p.dueAt}, problem = ${p.problem}
    where id = ${p.id} and claim = ${p.claim}`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function nextDue(db: Db): Promise<string | null> {
  const found = await one(db, sql<{ at: string | null }>`select min(due_at) as at from privacy.erasures`);
  return found?.at ?? null;
}
