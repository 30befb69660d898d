import { readItems } from "../catalog/index.ts";
import type { Clock } from "../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../platform/db.ts";
import type { FieldError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { Movement, MovementsBody, Touched } from "./contracts.ts";
import { refuse } from "./errors.ts";
import { loadLocations } from "./queries/locations.pg.ts";
import { openLevels } from "./queries/lock-levels.pg.ts";
import { closeBook, levelAt, move, openBook } from "./stock-book.ts";

const COUNTER = { receive: "on_hand", return: "on_hand", adjust: "on_hand", safety: "safety" } as const;

/** Books what people write by hand: deliveries, returns, corrections, safety stock. All of it or nothing. */
export function recordMovements(
  db: Db,
  clock: Clock,
  body: MovementsBody,
  actor: string,
): Promise<{ touched: Touched[]; movements: Pick<Movement, "id" | "kind">[] }> {
  return inTransaction(db, async (tx) => {
    await openMissing(tx, body);
    const book = await openBook(tx, clock, [...new Set(body.movements.map((m) => m.variant_id))]);
    const cause = { type: "document", id: body.document ?? newId(clock), actor };
    const wrong: FieldError[] = [];
    for (const [i, m] of body.movements.entries()) {
      const counter = COUNTER[m.kind];
      const level = levelAt(book, m.variant_id, m.location_id);
      if (level[counter] + m.quantity < 0) {
        wrong.push({ path: `movements.${i}.quantity`, message: `${counter} is ${level[counter]}` });
        continue;
      }
      move(book, level, m.kind, { [counter]: m.quantity }, cause, m.reason ?? null);
    }
    if (wrong.length > 0) throw refuse("stock_below_zero", undefined, wrong);
    const touched = await closeBook(book);
    return { touched, movements: book.movements.map(({ id, kind }) => ({ id, kind })) };
  });
}

async function openMissing(tx: Tx, { movements }: MovementsBody): Promise<void> {
  const [items, places] = await Promise.all([
    readItems(
      tx,
      movements.map((m) => m.variant_id),
    ),
    loadLocations(tx),
  ]);
  const known = new Set(places.map((place) => place.id));
  const at = (i: number, field: string) => [{ path: `movements.${i}.${field}`, message: "is not known" }];
  const levels = movements.map((m, i) => {
    const item = items.get(m.variant_id);
    if (!item) throw refuse("unknown_variant", undefined, at(i, "variant_id"));
    if (!known.has(m.location_id)) throw refuse("unknown_location", undefined, at(i, "location_id"));
    return { variantId: m.variant_id, productId: item.productId, locationId: m.location_id };
  });
  await openLevels(tx, levels);
}
