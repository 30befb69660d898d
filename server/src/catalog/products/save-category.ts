import type { z } from "zod";

import { type Db, inTransaction } from "../../platform/db.ts";
import type { Category, categoryBody } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { foldSearchText } from "../fold-search-text.ts";
import { isAbove, productsOfCategory, saveCategory, saveSearchTexts } from "./queries/load-categories.pg.ts";
import { readCategories } from "./read-categories.ts";

/** Makes or changes a category; what search knows of its products follows its title. */
export async function putCategory(db: Db, id: string, body: z.infer<typeof categoryBody>): Promise<Category> {
  await inTransaction(db, async (tx) => {
    const { parent } = body;
    if (parent !== null) {
      if (!(await isAbove(tx, parent, parent)))
        throw refuse("category_not_found", undefined, [{ path: "parent", message: "is not known" }]);
      if (await isAbove(tx, id, parent))
        throw refuse("category_circle", undefined, [{ path: "parent", message: "lies below it" }]);
    }
    await saveCategory(tx, { id, ...body });
    const title = [body.title, ...Object.values(body.titles)].join(" ");
    const texts = (await productsOfCategory(tx, id)).map((p) => ({
      id: p.id,
      search: foldSearchText([p.title, ...Object.values(p.titles), p.brand, title].join(" ")),
    }));
    if (texts.length > 0) await saveSearchTexts(tx, texts);
  });
  const saved = (await readCategories(db)).find((one) => one.id === id);
  if (!saved) throw refuse("category_not_found");
  return saved;
}
