import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/db.ts";
import type { History } from "../platform/history.ts";
import type { Overview, OverviewQuery } from "./contracts.ts";
import { periodOf } from "./period.ts";
import { type ActivityChannel, activityByChannel } from "./queries/activity-by-channel.ch.ts";
import { type ActivityMonth, activityByMonth } from "./queries/activity-by-month.ch.ts";
import { countPeople } from "./queries/count-people.ch.ts";
import { hasEvents } from "./queries/has-events.ch.ts";
import { newestEvents } from "./queries/newest-events.ch.ts";
import { type SalesChannel, salesByChannel } from "./queries/sales-by-channel.ch.ts";
import { salesByCurrency } from "./queries/sales-by-currency.ch.ts";
import { type SalesMonth, salesByMonth } from "./queries/sales-by-month.ch.ts";

export interface InsightDeps {
  readonly db: Db;
  readonly history: History;
  readonly clock: Clock;
  /** What people are called, by profile id; ids nobody has are absent. */
  readonly namesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string | null>>;
}

const RECENT = 12;
/** Shown as the currency while nothing has been sold. */
export const NO_CURRENCY = "EUR";

/** The figures of the home page: everything counted once, merged people as one. */
export async function readOverview(deps: InsightDeps, query: OverviewQuery): Promise<Overview> {
  const { history } = deps;
  const period = periodOf(deps.clock, query.days);
  const currencies = await salesByCurrency(history, period);
  const currency = query.currency ?? currencies[0]?.currency ?? NO_CURRENCY;
  // One after another: History answers one question at a time anyway, and its memory is bounded per question.
  const activity = await activityByChannel(history, period);
  const months = await activityByMonth(history, period);
  const sales = await salesByMonth(history, period, currency);
  const sold = currencies.find((row) => row.currency === currency);
  return {
    from: query.days === undefined ? null : period.from,
    to: period.to,
    events: months.reduce((sum, row) => sum + row.events, 0),
    profiles: await countPeople(history, period),
    has_events: await hasEvents(history),
    orders: sold?.orders ?? 0,
    revenue: { amount: sold?.revenue ?? 0, currency },
    currencies,
    by_channel: joinChannels(activity, await salesByChannel(history, period, currency)),
    by_month: joinMonths(months, sales),
    recent: await readRecent(deps),
  };
}

function joinMonths(activity: readonly ActivityMonth[], sales: readonly SalesMonth[]): Overview["by_month"] {
  const sold = new Map(sales.map((row) => [row.month, row]));
  return activity.map((row) => {
    return { orders: 0, revenue: 0, buyers: 0, guest_orders: 0, ...sold.get(row.month), ...row };
  });
}

function joinChannels(activity: readonly ActivityChannel[], sales: readonly SalesChannel[]): Overview["by_channel"] {
  const sold = new Map(sales.map((row) => [row.channel, row]));
  return activity.map((row) => ({ orders: 0, revenue: 0, ...sold.get(row.channel), ...row }));
}

async function readRecent({ history, namesOf }: InsightDeps): Promise<Overview["recent"]> {
  const newest = await newestEvents(history, RECENT);
  const names = await namesOf([...new Set(newest.flatMap((event) => event.profile_id ?? []))]);
  return newest.map((event) => ({
    ...event,
    profile_name: event.profile_id === null ? null : (names.get(event.profile_id) ?? null),
  }));
}
