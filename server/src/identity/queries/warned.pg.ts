import { type Db, one, rows, sql, type Tx } from "../../platform/db.ts";
import { decodeCursor, type Page, type PageQuery, toPage } from "../../platform/pages.ts";
import type { WarningItem } from "../contracts.ts";

export interface WarningRow extends Omit<WarningItem, "person" | "held_by"> {
  readonly profile_id: string;
  readonly holder_id: string | null;
}

/** What was not joined, the newest first, with whose each identifier is now. Leans on warnings_recent. */
export async function listWarnings(db: Db, page: PageQuery): Promise<Page<WarningRow>> {
  const after = decodeCursor(page.after, 2);
  const found = await rows(
    db,
    sql<WarningRow>`
      select w.id, w.type, w.value, w.reason, w.at, w.last_at, w.times,
        coalesce(a.into_id, w.profile_id) as profile_id, i.profile_id as holder_id
      from identity.warnings w
      left join identity.aliases a on a.from_id = w.profile_id
      left join identity.identifiers i on i.type = w.type and i.value = w.value
      where ${after ? sql`(w.last_at, w.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
      order by w.last_at desc, w.id desc limit ${page.limit + 1}`,
  );
  return toPage(found, page.limit, ({ last_at, id }) => [last_at, id]);
}

export interface AlarmRow {
  readonly id: string;
  readonly at: string;
  readonly type: string;
  readonly value: string;
  readonly people: number;
  readonly holder_id: string | null;
}

export async function listAlarms(db: Db): Promise<AlarmRow[]> {
  return rows(
    db,
    sql<AlarmRow>`
      select l.id, l.at, l.type, l.value, l.people, i.profile_id as holder_id
      from identity.alarms l left join identity.identifiers i on i.type = l.type and i.value = l.value
      where l.closed_at is null order by l.at desc limit 200`,
  );
}

/** Ends an alarm; gives the identifier, or null when there is no such open alarm. */
export async function closeAlarm(tx: Tx, id: string, at: string, by: string) {
  return (
    (await one(
      tx,
      sql<{ type: string; value: string }>`
        update identity.alarms set closed_at = ${at}, closed_by = ${by}
        where id = ${id} and closed_at is null returning type, value`,
    )) ?? null
  );
}

/** Lets an identifier join people again; whom it has come with so far is forgotten. */
export async function releaseIdentifier(tx: Tx, { type, value }: { type: string; value: string }): Promise<void> {
  await sql`delete from identity.meetings where type = ${type} and value = ${value}`.execute(tx);
  await sql`
    update identity.identifiers set bridging = null, has_met = false where type = ${type} and value = ${value}`.execute(
    tx,
  );
}
