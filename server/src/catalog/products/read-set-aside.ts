import type { Db } from "../../platform/db.ts";
import type { ArchivedVariant, Relations } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { loadProducts } from "./queries/load-products.pg.ts";
import { loadArchivedVariants, loadRelations } from "./queries/load-set-aside.pg.ts";
import { readSummaries } from "./read-products.ts";

/** The variants that were taken off sale, the latest first. */
export async function readArchivedVariants(db: Db, productId: string): Promise<ArchivedVariant[]> {
  await requireProduct(db, productId);
  return (await loadArchivedVariants(db, productId)).map(({ price, currency, ...variant }) => ({
    ...variant,
    price: { amount: price, currency },
  }));
}

/** What was chosen by hand to stand beside a product, also what is archived now and shown nowhere. */
export async function readRelations(db: Db, productId: string): Promise<Relations> {
  await requireProduct(db, productId);
  const chosen = await loadRelations(db, productId);
  const ids = (kind: "related" | "complementary") => chosen.flatMap((row) => (row.kind === kind ? [row.other_id] : []));
  const [related, complementary] = await Promise.all([
    readSummaries(db, ids("related")),
    readSummaries(db, ids("complementary")),
  ]);
  return { related, complementary };
}

async function requireProduct(db: Db, id: string): Promise<void> {
  if ((await loadProducts(db, [id])).length === 0) throw refuse("product_not_found");
}
