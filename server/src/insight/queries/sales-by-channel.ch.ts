import type { History } from "../../platform/history.ts";
import type { Period } from "./person.ts";
import { SALES } from "./sales.ts";

export interface SalesChannel {
  readonly channel: string;
  readonly orders: number;
  readonly revenue: number;
}

/** Orders and net revenue of one currency per channel that sold. */
export async function salesByChannel(history: History, period: Period, currency: string): Promise<SalesChannel[]> {
  return history.query(
    `select channel, sum(is_order) as orders, sum(amount) as revenue from (${SALES}) as sales
     where at >= {from:DateTime64(3)} and at <= {to:DateTime64(3)} and currency = {currency:String}
     group by channel order by channel`,
    { ...period, currency },
  );
}
