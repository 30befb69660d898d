import { addToCart, type Holder } from "../lists/index.ts";
import { AppError } from "../platform/errors.ts";
import type { OrderDeps } from "./check-out.ts";
import { loadLines } from "./queries/orders.pg.ts";

interface Share {
  readonly variant_id: string;
  readonly quantity: number;
}

/** Puts what somebody once ordered into her cart again, in one call; what is not sold any more is named. */
export async function reorder(
  deps: OrderDeps,
  holder: Holder,
  orderId: string,
): Promise<{ added: Share[]; left_out: Share[] }> {
  const added: Share[] = [];
  const left_out: Share[] = [];
  for (const { variant_id, quantity } of await loadLines(deps.db, [orderId])) {
    const isAdded = await addToCart(deps, holder, { variant_id, quantity }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof AppError) return false;
        throw error;
      },
    );
    (isAdded ? added : left_out).push({ variant_id, quantity });
  }
  return { added, left_out };
}
