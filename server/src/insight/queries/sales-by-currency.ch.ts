import type { History } from "../../platform/history.ts";
import type { Period } from "./person.ts";
import { SALES } from "./sales.ts";

export interface CurrencyRow {
  readonly currency: string;
  readonly orders: number;
  readonly revenue: number;
}

/** Orders and net revenue per currency, the one with most orders first. */
export async function salesByCurrency(history: History, period: Period): Promise<CurrencyRow[]> {
  return history.query(
    `select currency, sum(is_order) as orders, sum(amount) as revenue from (${SALES}) as sales
     where at >= {from:DateTime64(3)} and at <= {to:DateTime64(3)}
     group by currency order by orders desc, currency`,
    { ...period },
  );
}
