import { askHistory } from "../../platform/ask-history.ts";
import type { Money } from "../../platform/money.ts";
import type { MessagesDeps } from "../deps.ts";
import type { CostedOutcomes, Outcomes, ReportBy, ReportQuery, ReportView } from "./contracts.ts";
import { type MessagesAsked, type OutcomesRow, readOutcomes, readSkipped } from "./queries/message-outcomes.ch.ts";
import { readNames } from "./queries/names.pg.ts";

/** What came of messages over a time, beside the time of the same length before it. */
export async function readReport(
  deps: Pick<MessagesDeps, "db" | "clock" | "history" | "messageCosts">,
  query: ReportQuery,
): Promise<ReportView> {
  const to = query.to === undefined ? deps.clock.now() : Temporal.Instant.from(query.to);
  const from = query.from === undefined ? to.subtract({ hours: 24 * query.days }) : Temporal.Instant.from(query.from);
  const before = from.subtract(from.until(to));
  const ask = (by: ReportBy, since: Temporal.Instant, until: Temporal.Instant) =>
    readOutcomes(deps.history, { ...filtersOf(query), by, from: text(since), to: text(until) });
  const [now, former, total, formerTotal, skipped] = await askHistory(() =>
    Promise.all([
      ask(query.by, from, to),
      ask(query.by, before, from),
      ask("channel", from, to),
      ask("channel", before, from),
      readSkipped(deps.history, { ...filtersOf(query), from: text(from), to: text(to) }),
    ]),
  );
  const costs = await deps.messageCosts(deps.db);
  const sum = (rows: readonly OutcomesRow[]) => sumOf(rows, costs);
  const old = new Map(former.map((row) => [row.key, row]));
  const names = await readNames(
    deps.db,
    query.by,
    now.map(({ key }) => key),
  );
  return {
    from: text(from),
    to: text(to),
    total: sum(total),
    former: sum(formerTotal),
    skipped,
    rows: now.map((row) => {
      const its = old.get(row.key);
      return { key: row.key, name: names.get(row.key) ?? null, now: sum([row]), former: sum(its ? [its] : []) };
    }),
  };
}

function filtersOf(query: ReportQuery): Omit<MessagesAsked, "from" | "to"> {
  const { channel = null, template = null, broadcast = null, journey = null } = query;
  return { channel, template, broadcast, journey };
}

const COUNTED = [
  "sent",
  "delivered",
  "opened",
  "clicked",
  "converted",
  "unsubscribed",
  "bounced",
  "complained",
  "failed",
  "skipped",
] as const satisfies readonly (keyof Outcomes)[];

type Costs = Awaited<ReturnType<MessagesDeps["messageCosts"]>>;

function sumOf(rows: readonly OutcomesRow[], costs: Costs): CostedOutcomes {
  const counts = Object.fromEntries(COUNTED.map((key) => [key, rows.reduce((all, row) => all + row[key], 0)]));
  const revenue = rows.flatMap(({ currencies, amounts }) =>
    currencies.map((currency, i) => ({ currency, amount: amounts[i] ?? 0 })),
  );
  const cost = rows.flatMap(({ channels, sent_by }) =>
    channels.flatMap((channel, i) => {
      const each = costs.get(channel);
      const sent = sent_by[i] ?? 0;
      return each && sent > 0 ? [{ currency: each.currency, amount: each.amount * sent }] : [];
    }),
  );
  return {
    ...(counts as Record<(typeof COUNTED)[number], number>),
    revenue: byCurrency(revenue),
    cost: byCurrency(cost),
  };
}

/** Added up within each currency, the most first; no currency is made another. */
function byCurrency(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, number>();
  for (const { currency, amount } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount: Math.round(amount) }))
    .sort((a, b) => b.amount - a.amount);
}

function text(at: Temporal.Instant): string {
  return at.toString({ smallestUnit: "millisecond" });
}
