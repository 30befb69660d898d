import { readItems } from "../catalog/index.ts";
import { type Db, inTransaction } from "../platform/db.ts";
import { refuse } from "./errors.ts";
import { hasStock } from "./queries/has-stock.pg.ts";
import { loadKits, loadKitsWith, replaceKit } from "./queries/kits.pg.ts";

export interface KitChange {
  readonly kitId: string;
  readonly parts: readonly { readonly variant_id: string; readonly quantity: number }[];
}

/** Says what a variant is made of. A kit has no stock of its own, and no kit is part of another. */
export function saveKit(db: Db, { kitId, parts }: KitChange): Promise<void> {
  return inTransaction(db, async (tx) => {
    const ids = parts.map((part) => part.variant_id);
    const items = await readItems(tx, [kitId, ...ids]);
    if (!items.has(kitId)) throw refuse("unknown_variant");
    for (const [i, id] of ids.entries()) {
      const wrong = (message: string) => [{ path: `parts.${i}.variant_id`, message }];
      if (!items.has(id)) throw refuse("unknown_variant", undefined, wrong("is not known"));
      if (id === kitId) throw refuse("kit_in_kit", undefined, wrong("is the kit itself"));
      if (ids.indexOf(id) < i) throw refuse("kit_in_kit", undefined, wrong("is named twice"));
    }
    await replaceKit(
      tx,
      kitId,
      parts.map((part) => ({ kit_id: kitId, ...part })),
    );
    const nested = new Set((await loadKits(tx, ids)).map((part) => part.kit_id));
    const at = ids.findIndex((id) => nested.has(id));
    if (at >= 0) throw refuse("kit_in_kit", undefined, [{ path: `parts.${at}.variant_id`, message: "is a kit" }]);
    if (parts.length > 0 && (await loadKitsWith(tx, [kitId])).length > 0) throw refuse("kit_in_kit");
    if (parts.length > 0 && (await hasStock(tx, kitId))) throw refuse("kit_has_no_stock");
  });
}
