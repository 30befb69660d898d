import type { Clock } from "../../platform/clock.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import type { Product, ProductBody, ProductChange, RelationsBody } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { foldSearchText } from "../fold-search-text.ts";
import { lockProduct, replaceRelations, setProductArchived, touchProducts } from "./queries/change-products.pg.ts";
import { insertProducts, insertVariants } from "./queries/insert-catalogue.pg.ts";
import { loadCategoryTitles } from "./queries/load-categories.pg.ts";
import { loadProducts } from "./queries/load-products.pg.ts";
import { readProduct } from "./read-pages.ts";
import { refuseTaken } from "./refuse-taken.ts";
import { variantRow } from "./save-variant.ts";

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
}

/** A product with its variants, as one; refuses a code that is taken. */
export async function createProduct({ db, clock }: Deps, body: ProductBody): Promise<Product> {
  const { variants, ...facts } = body;
  const id = newId(clock);
  await refuseTaken(
    inTransaction(db, async (tx) => {
      await writeProduct(tx, clock, { id, drawing: {}, ...facts });
      await insertVariants(
        tx,
        variants.map((v, position) =>
          variantRow(v, { id: newId(clock), productId: id, position }, `variants.${position}`),
        ),
      );
    }),
  );
  return readProduct(db, id);
}

/** Changes what is given; an archived product stays archived. */
export async function changeProduct({ db, clock }: Deps, id: string, change: ProductChange): Promise<Product> {
  await refuseTaken(
    inTransaction(db, async (tx) => {
      if (!(await lockProduct(tx, id))) throw refuse("product_not_found");
      const [now] = await loadProducts(tx, [id]);
      if (!now) throw refuse("product_not_found");
      const { category_id: category, ...facts } = now;
      await writeProduct(tx, clock, { ...facts, category, ...withoutUndefined(change) });
    }),
  );
  return readProduct(db, id);
}

/** Takes it out of lists and search, or brings it back. Carts and orders go on naming it. */
export async function archiveProduct({ db, clock }: Deps, id: string, isArchived: boolean): Promise<Product> {
  const now = clock.now().toString();
  const found = await inTransaction(db, (tx) => setProductArchived(tx, id, isArchived ? now : null, now));
  if (!found) throw refuse("product_not_found");
  return readProduct(db, id);
}

/** What stands beside it: like it, or going with it. */
export async function relateProduct({ db, clock }: Deps, id: string, body: RelationsBody): Promise<Product> {
  await inTransaction(db, async (tx) => {
    if (!(await lockProduct(tx, id))) throw refuse("product_not_found");
    if (body.related) await replaceRelations(tx, id, "related", body.related);
    if (body.complementary) await replaceRelations(tx, id, "complementary", body.complementary);
    await touchProducts(tx, [id], clock.now().toString());
  });
  return readProduct(db, id);
}

interface ProductFacts extends Omit<ProductBody, "variants"> {
  readonly id: string;
  readonly drawing: object;
  readonly archived_at?: string | null;
}

/** Writes its row and what search folds of it. */
async function writeProduct(tx: Tx, clock: Clock, { category, ...facts }: ProductFacts): Promise<void> {
  const title = (await loadCategoryTitles(tx, [category])).get(category);
  if (title === undefined) {
    throw refuse("category_not_found", undefined, [{ path: "category", message: "is not known" }]);
  }
  const search = foldSearchText([facts.title, ...Object.values(facts.titles), facts.brand, title].join(" "));
  await insertProducts(tx, [{ ...facts, category_id: category, search }], clock.now().toString());
}

function withoutUndefined<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as never;
}
