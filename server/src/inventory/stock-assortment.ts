import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { type LocationRow, saveLocations } from "./queries/locations.pg.ts";
import { openLevels } from "./queries/lock-levels.pg.ts";
import { writeMovements } from "./queries/write-movements.pg.ts";

export interface Delivery {
  /** Told twice, it is received once. */
  readonly document: string;
  readonly lines: readonly {
    readonly variantId: string;
    readonly productId: string;
    readonly locationId: string;
    readonly quantity: number;
  }[];
}

/** Opens locations and receives a first delivery in bulk: thousands of lines in two statements, no news for each. */
export async function stockAssortment(
  tx: Tx,
  clock: Clock,
  locations: readonly LocationRow[],
  delivery: Delivery,
): Promise<void> {
  const now = clock.now().toString();
  await saveLocations(tx, locations);
  await openLevels(tx, delivery.lines);
  const movements = delivery.lines
    .filter((line) => line.quantity > 0)
    .map((line) => ({
      id: newId(clock),
      variant_id: line.variantId,
      location_id: line.locationId,
      product_id: line.productId,
      kind: "receive" as const,
      on_hand: line.quantity,
      committed: 0,
      reserved: 0,
      safety: 0,
      damaged: 0,
      quality_control: 0,
      incoming: 0,
      source_type: "document",
      source_id: delivery.document,
      reason: null,
      actor: null,
      happened_at: now,
    }));
  await writeMovements(tx, movements, now);
}
