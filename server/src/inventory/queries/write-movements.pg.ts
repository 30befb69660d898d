import { rows, send, sql, type Tx } from "../../platform/db.ts";

export type MovementKind =
  | "receive"
  | "return"
  | "found"
  | "adjust"
  | "recount"
  | "sale"
  | "hold"
  | "release"
  | "expire"
  | "commit"
  | "uncommit"
  | "hand_over"
  | "safety"
  | "damage"
  | "check"
  | "fail_check"
  | "write_off"
  | "expect"
  | "transfer_out"
  | "transfer_in";

/** What a movement adds to the counters. */
export interface Deltas {
  readonly on_hand: number;
  readonly committed: number;
  readonly reserved: number;
  readonly safety: number;
  readonly damaged: number;
  readonly quality_control: number;
  readonly incoming: number;
}

export interface MovementRow extends Deltas {
  readonly id: string;
  readonly variant_id: string;
  readonly location_id: string;
  readonly product_id: string;
  readonly kind: MovementKind;
  readonly source_type: string;
  readonly source_id: string;
  readonly reason: string | null;
  readonly actor: string | null;
  /** When the goods moved; never after `at`, when we were told. */
  readonly happened_at: string;
}

/**
 * Books movements; the trigger on this insert moves the counters, and nothing else does. A receipt of a delivery that
 * was booked before is left out. Answers with the ids of those that were not new.
 */
export async function writeMovements(tx: Tx, movements: readonly MovementRow[], at: string): Promise<Set<string>> {
  if (movements.length === 0) return new Set();
  const insert = insertion(movements, at);
  if (movements.every(({ kind }) => kind !== "receive")) {
    send(tx, insert);
    return new Set();
  }
  const written = new Set((await rows(tx, insert)).map((row) => row.id));
  return new Set(movements.flatMap(({ id }) => (written.has(id) ? [] : [id])));
}

function insertion(movements: readonly MovementRow[], at: string) {
  return sql<{ id: string }>`
      insert into inventory.movement (id, variant_id, location_id, product_id, kind, on_hand, committed, reserved,
        safety, damaged, quality_control, incoming, at, happened_at, source_type, source_id, reason, actor)
      select id, variant_id, location_id, product_id, kind, on_hand, committed, reserved,
        safety, damaged, quality_control, incoming, ${at}, happened_at, source_type, source_id, reason, actor
      from jsonb_to_recordset(${JSON.stringify(movements)}::jsonb)
        as r (id uuid, variant_id uuid, location_id uuid, product_id uuid, kind text, on_hand int4, committed int4,
              reserved int4, safety int4, damaged int4, quality_control int4, incoming int4, happened_at timestamptz,
              source_type text, source_id text, reason text, actor text)
      on conflict (source_type, source_id, variant_id, location_id) where kind = 'receive' do nothing
      returning id`;
}
