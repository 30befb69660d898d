import { send, sql, type Tx } from "../../platform/db.ts";

/** Any number that no other room takes. */
const DEFINITIONS_LOCK = 7_415_502;

/** Held by every batch and sweep: definitions do not change under them, and they do not wait for one another. */
export function shareDefinitions(tx: Tx): void {
  send(tx, sql`select pg_advisory_xact_lock_shared(${DEFINITIONS_LOCK})`);
}

/** Waits for the batches and sweeps under way and holds back new ones until this transaction ends: keep it short. */
export async function holdDefinitions(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${DEFINITIONS_LOCK})`.execute(tx);
}
