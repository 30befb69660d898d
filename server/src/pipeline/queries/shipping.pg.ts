import { type Db, one, sql, type Tx } from "../../platform/db.ts";
import type { LeaseTimes } from "./shards.pg.ts";

/** Takes or keeps the right to ship; returns its epoch, null while another node has it. */
export async function takeShipping(
  db: Db,
  owner: string,
  times: Pick<LeaseTimes, "now" | "until">,
): Promise<number | null> {
  const taken = await one(
    db,
    sql<{ epoch: number }>`
      update pipeline.shipping
      set owner = ${owner}, leased_until = ${times.until}, epoch = epoch + (owner is distinct from ${owner})::int
      where owner = ${owner} or owner is null or leased_until <= ${times.now}
      returning epoch`,
  );
  return taken?.epoch ?? null;
}

/** Whether it is still held under this epoch; holds it until the transaction ends. */
export async function holdsShipping(tx: Tx, owner: string, epoch: number): Promise<boolean> {
  const held = await one(
    tx,
    sql`select 1 from pipeline.shipping where owner = ${owner} and epoch = ${epoch} for share`,
  );
  return held !== undefined;
}

export async function releaseShipping(db: Db, owner: string): Promise<void> {
  await sql`update pipeline.shipping set owner = null, leased_until = null where owner = ${owner}`.execute(db);
}
