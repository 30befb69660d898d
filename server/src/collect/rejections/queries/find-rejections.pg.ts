import { type Db, one, rows, sql } from "../../../platform/db.ts";

/** One refused event or request, as it was kept. */
export interface RejectionRow {
  readonly id: string;
  readonly at: string;
  readonly source: string;
  readonly is_request: boolean;
  readonly code: string;
  readonly message: string;
  readonly key_hint: string | null;
  readonly type: string | null;
  readonly name: string | null;
  readonly user_id: string | null;
  readonly anonymous_id: string | null;
  readonly message_id: string | null;
  readonly field: string | null;
  /** JSON, cut. */
  readonly value: string | null;
  /** JSON, cut; of a request that was no JSON, its beginning as a JSON text. */
  readonly payload: string | null;
  readonly is_cut: boolean;
}

export interface RejectionFilter {
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  /** A user id, anonymous id, message id, e-mail or phone. */
  readonly identifier?: string | undefined;
  /** Older than this: time and id of the last one seen. */
  readonly before?: { readonly at: string; readonly tie: string } | undefined;
}

const COLUMNS = sql`id, at, source, is_request, code, message, key_hint, type, name, user_id, anonymous_id, message_id,
  field, value, payload, is_cut`;

/** The newest refusals, newest first. The table is small by its bounds. */
export async function findRejections(db: Db, filter: RejectionFilter, limit: number): Promise<RejectionRow[]> {
  const { source, type, name, identifier, before } = filter;
  return rows(
    db,
    sql<RejectionRow>`
      select ${COLUMNS} from collect.rejections
      where ${source === undefined ? sql`true` : sql`source = ${source}`}
        and ${type === undefined ? sql`true` : sql`lower(type) = ${type}`}
        and ${name === undefined ? sql`true` : sql`lower(name) like ${`%${escapeLike(name.toLowerCase())}%`}`}
        and ${identifier === undefined ? sql`true` : sql`${identifier.toLowerCase()} = any(identifiers)`}
        and ${before === undefined ? sql`true` : sql`(at, id::text collate "C") < (${before.at}, ${before.tie})`}
      order by at desc, id::text collate "C" desc limit ${limit}`,
  );
}

export async function readRejection(db: Db, id: string): Promise<RejectionRow | null> {
  return (await one(db, sql<RejectionRow>`select ${COLUMNS} from collect.rejections where id = ${id}`)) ?? null;
}

export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}
