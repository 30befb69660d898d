import { type Db, one, rows, sql, type Tx } from "../../../platform/db.ts";
import type { AdAudience } from "../audience.ts";

const COLUMNS = sql.raw(`
  id, name, account_id, external_id, segment_id, state, filled_to, pass_at, next_at, tries, claim, last_told_at,
  last_error, created_at`);

export async function insertAudience(
  db: Db,
  row: Pick<AdAudience, "id" | "name" | "account_id" | "external_id" | "segment_id" | "state" | "created_at">,
): Promise<void> {
  await sql`
    insert into messages.audiences (id, name, account_id, external_id, segment_id, state, next_at, created_at)
    values (${row.id}, ${row.name}, ${row.account_id}, ${row.external_id}, ${row.segment_id}, ${row.state},
            ${row.created_at}, ${row.created_at})`.execute(db);
}

export async function loadAudience(db: Db, id: string): Promise<AdAudience | undefined> {
  return one(db, sql<AdAudience>`select ${COLUMNS} from messages.audiences where id = ${id}`);
}

/** Holds the row: people and the worker change an audience one at a time. */
export async function lockAudience(tx: Tx, id: string): Promise<AdAudience | undefined> {
  return one(tx, sql<AdAudience>`select ${COLUMNS} from messages.audiences where id = ${id} for update`);
}

/** By name; there are a handful. */
export async function listAudiences(
  db: Db,
  after: readonly [string, string] | null,
  limit: number,
): Promise<AdAudience[]> {
  const where = after === null ? sql`true` : sql`(name, id) > (${after[0]}, ${after[1]}::uuid)`;
  return rows(
    db,
    sql<AdAudience>`select ${COLUMNS} from messages.audiences where ${where} order by name, id limit ${limit}`,
  );
}

export async function renameAudience(db: Db, id: string, name: string): Promise<void> {
  await sql`update messages.audiences set name = ${name} where id = ${id}`.execute(db);
}

/** From here on the worker sees it anew, at once. */
export async function setState(tx: Tx, id: string, state: AdAudience["state"], now: string): Promise<void> {
  await sql`
    update messages.audiences
    set state = ${state}, filled_to = null, tries = 0, last_error = null, next_at = ${now}, claim = claim + 1
    where id = ${id}`.execute(tx);
}

/** Its members go with it. */
export async function deleteAudience(tx: Tx, id: string): Promise<void> {
  await sql`delete from messages.audiences where id = ${id}`.execute(tx);
}

export async function hasAudiences(db: Db, accountId: string): Promise<boolean> {
  return (await one(db, sql`select 1 from messages.audiences where account_id = ${accountId} limit 1`)) !== undefined;
}

/** Whether anybody is to be told, or files made, at all: batches of most installations pay for nothing more. */
export async function isAnyAudience(db: Db): Promise<boolean> {
  return (await one(db, sql`select 1 from messages.audiences limit 1`)) !== undefined;
}

/** What there is to do for an audience beside waiting: members to tell, or a segment to read. */
const hasWork = (now: string) => sql`(
  (a.account_id is not null and exists (
    select 1 from messages.audience_members m
    where m.audience_id = a.id and m.is_due))
  or a.state = 'filling' or a.state = 'leaving' or (a.state = 'live' and a.pass_at <= ${now}))`;

/**
 * The audience that has waited longest for a step and that nobody has in hand, leased: whoever dies with it lets it go
 * then. Leans on audience_members_due.
 */
export async function claimAudience(
  db: Db,
  { now, until, except }: { readonly now: string; readonly until: string; readonly except: readonly string[] },
): Promise<AdAudience | undefined> {
  return one(
    db,
    sql<AdAudience>`
      update messages.audiences set next_at = ${until}, claim = claim + 1
      where id = (
        select a.id from messages.audiences a
        where a.next_at <= ${now} and a.id <> all (${except as string[]}::uuid[]) and ${hasWork(now)}
        order by a.next_at, a.id limit 1 for update skip locked)
      returning ${COLUMNS}`,
  );
}

/** Whether the claim still stands; holds the row so that it goes on doing so. */
export async function holdClaim(tx: Tx, { id, claim }: Pick<AdAudience, "id" | "claim">): Promise<boolean> {
  const found = await one(tx, sql`select 1 from messages.audiences where id = ${id} and claim = ${claim} for update`);
  return found !== undefined;
}

/** Writes where a step has come to, if the claim still stands. */
export async function endStep(
  tx: Tx,
  { id, claim }: Pick<AdAudience, "id" | "claim">,
  change: Partial<
    Pick<AdAudience, "state" | "filled_to" | "pass_at" | "next_at" | "tries" | "last_told_at" | "last_error">
  >,
): Promise<void> {
  const set = Object.entries(change).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  await sql`update messages.audiences set ${sql.join(set)} where id = ${id} and claim = ${claim}`.execute(tx);
}

/** When there is something to do next; null for never. */
export async function nextAudienceDue(db: Db, now: string): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string | null }>`
      select min(case when ${hasWork(now)} then a.next_at else greatest(a.next_at, a.pass_at) end) as at
      from messages.audiences a
      where ${hasWork(now)} or (a.state = 'live' and a.pass_at is not null)`,
  );
  return found?.at ?? null;
}
