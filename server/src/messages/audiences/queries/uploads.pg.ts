import { type Db, one, rows, sql, type Tx } from "../../../platform/db.ts";
import type { AdReport, Hashes } from "../../channels/ad-network.ts";

export type UploadState = AdReport["state"] | "processing" | "silent";

/** What a network made of one thing it was told. */
export interface Upload {
  readonly id: string;
  readonly audience_id: string;
  readonly kind: "added" | "removed";
  readonly people: number;
  readonly request_id: string | null;
  readonly told_at: string;
  readonly state: UploadState;
  readonly ask_at: string | null;
  readonly asked: number;
  readonly tries: number;
  readonly match_from: number | null;
  readonly match_to: number | null;
  readonly problems: AdReport["problems"];
}

const COLUMNS = sql.raw(`
  id, audience_id, kind, people, request_id, told_at, state, ask_at, asked, tries, match_from, match_to, problems`);

export interface NewUpload extends Pick<Upload, "id" | "audience_id" | "kind" | "request_id" | "told_at" | "tries"> {
  /** Null: it will be asked at `ask_at`. */
  readonly report: AdReport | null;
  readonly ask_at: string;
  readonly people: readonly Hashes[];
}

/** Hashes are kept only of those whom a network has yet to say that it has forgotten. */
export async function insertUpload(tx: Tx, { people, report, ...row }: NewUpload): Promise<void> {
  const hashes = row.kind === "removed" && report === null ? people.map((each) => each.join(" ")) : null;
  await sql`
    insert into messages.audience_uploads
      (id, audience_id, kind, people, request_id, told_at, tries, state, ask_at, match_from, match_to, problems, hashes)
    values (${row.id}, ${row.audience_id}, ${row.kind}, ${people.length}, ${row.request_id}, ${row.told_at},
            ${row.tries}, ${report?.state ?? "processing"}, ${report === null ? row.ask_at : null},
            ${report?.match?.from ?? null}, ${report?.match?.to ?? null}, ${JSON.stringify(report?.problems ?? [])},
            ${hashes}::text[])`.execute(tx);
}

export async function forgetUploads(tx: Tx, audienceId: string, before: string): Promise<void> {
  await sql`
    delete from messages.audience_uploads
    where audience_id = ${audienceId} and told_at < ${before} and ask_at is null`.execute(tx);
}

export type DueUpload = Upload & { readonly hashes: readonly string[] | null };

/** The request that has waited longest to be asked for, leased. Leans on audience_uploads_due. */
export async function claimUpload(
  db: Db,
  { now, until }: { readonly now: string; readonly until: string },
): Promise<DueUpload | undefined> {
  return one(
    db,
    sql<DueUpload>`
      update messages.audience_uploads set ask_at = ${until}, asked = asked + 1
      where id = (
        select id from messages.audience_uploads where ask_at <= ${now}
        order by ask_at limit 1 for update skip locked)
      returning ${COLUMNS}, hashes`,
  );
}

export async function askAgain(db: Db, { id, asked }: Upload, at: string): Promise<void> {
  await sql`update messages.audience_uploads set ask_at = ${at} where id = ${id} and asked = ${asked}`.execute(db);
}

/** False when another has settled it meanwhile. */
export async function settleUpload(
  tx: Tx,
  { id, asked }: Upload,
  { state, match, problems }: Omit<AdReport, "state"> & { readonly state: UploadState },
): Promise<boolean> {
  const found = await one(
    tx,
    sql`update messages.audience_uploads
        set state = ${state}, ask_at = null, hashes = null, match_from = ${match?.from ?? null},
            match_to = ${match?.to ?? null}, problems = ${JSON.stringify(problems)}
        where id = ${id} and asked = ${asked} and ask_at is not null returning 1`,
  );
  return found !== undefined;
}

/** When an audience is next asked about somebody it was to forget; null when none is outstanding. */
export async function nextRemovalAsked(db: Db, audienceId: string): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string | null }>`
      select min(ask_at) as at from messages.audience_uploads
      where audience_id = ${audienceId} and kind = 'removed' and ask_at is not null`,
  );
  return found?.at ?? null;
}

export async function nextUploadDue(db: Db): Promise<string | null> {
  const found = await one(
    db,
    sql<{ at: string | null }>`select min(ask_at) as at from messages.audience_uploads where ask_at is not null`,
  );
  return found?.at ?? null;
}

/** Newest first. Leans on audience_uploads_audience. */
export async function listUploads(
  db: Db,
  audienceId: string,
  after: readonly [string, string] | null,
  limit: number,
): Promise<Upload[]> {
  const where = after === null ? sql`true` : sql`(told_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  return rows(
    db,
    sql<Upload>`
      select ${COLUMNS} from messages.audience_uploads where audience_id = ${audienceId} and ${where}
      order by told_at desc, id desc limit ${limit}`,
  );
}
