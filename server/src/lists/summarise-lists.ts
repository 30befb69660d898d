import { readItems } from "../catalog/index.ts";
import type { Tx } from "../platform/db.ts";
import type { JsonObject } from "../platform/json.ts";
import { toMajor } from "../platform/money.ts";
import { loadItemsOfPeople } from "./shopping/queries/items.pg.ts";

/** What an empty list is counted in. */
const NO_CURRENCY = "EUR";

/**
 * What stands on a person's lists and can be bought, in a few numbers, as events carry it: `{ items, value, currency }`,
 * value in major units. Of several currencies that of the first counts.
 */
export async function summariseLists(tx: Tx, profileId: string): Promise<JsonObject> {
  const lines = await loadItemsOfPeople(tx, [profileId]);
  const known = await readItems(tx, [...new Set(lines.map((line) => line.variant_id))]);
  const sold = lines.flatMap(({ variant_id, quantity }) => {
    const item = known.get(variant_id);
    return item && item.notSold === null ? [{ price: item.price, quantity }] : [];
  });
  const currency = sold[0]?.price.currency ?? NO_CURRENCY;
  const counted = sold.filter(({ price }) => price.currency === currency);
  const items = counted.reduce((sum, { quantity }) => sum + quantity, 0);
  const value = counted.reduce((sum, { price, quantity }) => sum + price.amount * quantity, 0);
  return { items, value: toMajor(value, currency), currency };
}
