import type { History } from "../../platform/history.ts";
import type { Cuts } from "../retention/cuts.ts";

/** What of the events is old enough to go: by the time they happened, each name by its own age. */
function isAged({ keepOrders, byName }: Cuts): string {
  const names = byName.map((_, i) => `name = {name${i}:String}`);
  const ages = byName.flatMap(({ before }, i) =>
    before === null ? [] : [`(name = {name${i}:String} and timestamp < {before${i}:DateTime64(3, 'UTC')})`],
  );
  const others = `(timestamp < {before:DateTime64(3, 'UTC')}${names.length > 0 ? ` and not (${names.join(" or ")})` : ""})`;
  const aged = `(${[others, ...ages].join(" or ")})`;
  // What came in lately is still kept in State to refill a lost History from: it goes when it has left there.
  return `${aged} and received_at < {settled:DateTime64(3, 'UTC')}${keepOrders ? " and order_id = ''" : ""}`;
}

function params({ before, settled, byName }: Cuts): Record<string, unknown> {
  return Object.fromEntries([
    ["before", before],
    ["settled", settled],
    ...byName.flatMap(({ event, before: own }, i) => [
      [`name${i}`, event],
      ...(own === null ? [] : [[`before${i}`, own]]),
    ]),
  ]);
}

export interface AgedCount {
  readonly events: number;
  readonly of: number;
  readonly oldest: string | null;
}

export async function countAged(history: History, cuts: Cuts): Promise<AgedCount> {
  const [found] = await history.query<AgedCount>(
    `select countIf(${isAged(cuts)}) as events, count() as of,
       if(count() = 0, null, toNullable(min(timestamp))) as oldest from events`,
    params(cuts),
  );
  return { events: Number(found?.events ?? 0), of: Number(found?.of ?? 0), oldest: found?.oldest ?? null };
}

/** Months of receipt that hold aged events: how many, and of how many. */
export async function agedMonths(
  history: History,
  cuts: Cuts,
): Promise<readonly { readonly month: number; readonly aged: number; readonly all: number }[]> {
  return history.query(
    `select toYYYYMM(received_at) as month, countIf(${isAged(cuts)}) as aged, count() as all
     from events group by month having aged > 0 order by month`,
    params(cuts),
  );
}

/** A month of which nothing stays costs nothing to drop. */
export function dropMonth(history: History, month: number): Promise<void> {
  return history.command(`alter table events drop partition ${Math.trunc(month)}`);
}

export function deleteAged(history: History, cuts: Cuts, month: number): Promise<void> {
  return history.command(`delete from events where toYYYYMM(received_at) = {month:UInt32} and ${isAged(cuts)}`, {
    ...params(cuts),
    month,
  });
}
