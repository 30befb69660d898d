import { type Db, one, rows, sql } from "../../../platform/db.ts";

export interface PictureJob {
  readonly product_id: string;
  readonly variant_id: string | null;
  readonly url: string;
  readonly position: number;
  readonly tries: number;
}

/** Takes some that are due, for as long as a fetch may take; another worker passes them by. Leans on picture_due. */
export function claimPictures(db: Db, now: string, until: string, most: number): Promise<PictureJob[]> {
  return rows(
    db,
    sql<PictureJob>`
      update catalog.picture_job p set tries = p.tries + 1, due_at = ${until}
      from (select product_id, url from catalog.picture_job where state = 'waiting' and due_at <= ${now}
            order by due_at, position limit ${most} for update skip locked) as due
      where p.product_id = due.product_id and p.url = due.url
      returning p.product_id, p.variant_id, p.url, p.position, p.tries`,
  );
}

export async function settlePicture(
  db: Db,
  job: PictureJob,
  end: { readonly state: "waiting" | "done" | "failed"; readonly problem: string | null; readonly dueAt: string },
): Promise<void> {
  await sql`
    update catalog.picture_job set state = ${end.state}, problem = ${end.problem}, due_at = ${end.dueAt}
    where product_id = ${job.product_id} and url = ${job.url} and tries = ${job.tries}`.execute(db);
}

/** When there is work next: a picture that is due, or an import whose worker has not been heard of. Null for never. */
export async function nextWork(db: Db): Promise<string | null> {
  const found = await one(
    db,
    sql<{ due_at: string | null }>`
      select least((select min(due_at) from catalog.picture_job where state = 'waiting'),
                   (select min(lease_until) from catalog.import where state = 'running')) as due_at`,
  );
  return found?.due_at ?? null;
}
