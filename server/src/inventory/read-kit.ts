import type { Db } from "../platform/db.ts";
import type { KitBody } from "./contracts.ts";
import { loadKits } from "./queries/kits.pg.ts";

/** What a variant is made of; no parts when it is no kit. */
export async function readKit(db: Db, variantId: string): Promise<KitBody & { variant_id: string }> {
  const parts = await loadKits(db, [variantId]);
  return { variant_id: variantId, parts: parts.map(({ variant_id, quantity }) => ({ variant_id, quantity })) };
}
