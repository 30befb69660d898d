import type { History } from "../../platform/history.ts";
import { NOBODY, type Period } from "./person.ts";
import { SALES } from "./sales.ts";

export interface SalesMonth {
  readonly month: string;
  readonly orders: number;
  readonly revenue: number;
  readonly buyers: number;
  readonly guest_orders: number;
}

/** Orders, net revenue and buyers of one currency per month (UTC). */
export async function salesByMonth(history: History, period: Period, currency: string): Promise<SalesMonth[]> {
  return history.query(
    `select formatDateTime(at, '%Y-%m') as month, sum(is_order) as orders, sum(amount) as revenue,
       uniqExactIf(person, is_order = 1 and person != ${NOBODY}) as buyers, countIf(is_guest) as guest_orders
     from (${SALES}) as sales
     where at >= {from:DateTime64(3)} and at <= {to:DateTime64(3)} and currency = {currency:String}
     group by month order by month`,
    { ...period, currency },
  );
}
