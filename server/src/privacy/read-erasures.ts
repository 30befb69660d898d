import { decodeCursor, type Page, type PageQuery, toPage } from "../platform/pages.ts";
import type { Receipt } from "./contracts.ts";
import type { PrivacyDeps } from "./deps.ts";
import { refuse } from "./errors.ts";
import { type ErasureRow, listErasures, loadErasure } from "./queries/erasures.pg.ts";

type Deps = Pick<PrivacyDeps, "db" | "stores">;

export async function readErasure(deps: Deps, id: string): Promise<Receipt> {
  const row = await loadErasure(deps.db, id);
  if (!row) throw refuse("erasure_not_found");
  return show(deps, row);
}

/** Newest first. */
export async function readErasures(deps: Deps, query: PageQuery): Promise<Page<Receipt>> {
  const after = decodeCursor(query.after, 1);
  const found = await listErasures(deps.db, after ? String(after[0]) : null, query.limit + 1);
  return toPage(
    found.map((row) => show(deps, row)),
    query.limit,
    (item) => [item.id],
  );
}

/** The stores in their order; one that no longer exists is still told of. */
function show({ stores }: Deps, { stores: done, ...row }: ErasureRow): Receipt {
  const names = new Set([...Object.keys(stores.close), ...Object.keys(stores.distant), ...Object.keys(done)]);
  return {
    ...row,
    stores: [...names].map((store) => {
      const entry = done[store];
      return {
        store,
        status: entry ? ("done" as const) : ("waiting" as const),
        removed: { ...entry?.removed },
        kept: { ...entry?.kept },
        at: entry?.at ?? null,
      };
    }),
  };
}
