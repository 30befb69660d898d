import { matchSql } from "../../compile/leaf-sql.ts";
import type { Params } from "../../compile/params.ts";
import { amountSql } from "../../compile/properties.ts";
import { DAY_MS } from "../../predicates/times.ts";
import { SUM_SCALE } from "../../predicates/values.ts";
import { PEOPLE_EVENTS } from "../../queries/people-events.ch.ts";
import { type Boundaries, ORDER, ordersIn, WINDOW_DAYS } from "../boundaries.ts";

/**
 * Everybody who has ordered within the window: `last` (ms), `ordered`, and per currency `spent` (ten-thousandths) and
 * `bought`. Made of the very parts that conditions are compiled to, so that both count the same.
 */
export function customersSql(currencies: readonly (string | null)[], now: number, params: Params): string {
  const from = params.int(now - WINDOW_DAYS * DAY_MS);
  const amount = amountSql("revenue", params);
  const meant = currencies.map((currency) => `${matchSql(ordersIn(currency), params)} and at > ${from}`);
  return `
    select person, max(at) as last, countIf(at > ${from}) as ordered,
      ${integers(meant.map((match) => `sumIf(${amount}, ${match})`))} as spent,
      ${integers(meant.map((match) => `toInt64(countIf(${match}))`))} as bought
    from (${PEOPLE_EVENTS}) group by person having last > ${from}`;
}

/** The parameter that `customersSql` needs besides those it adds. */
export const ORDER_NAMES = { names: [ORDER] };

/** Everybody's three scores at `now`, by the rule of `Boundaries`. */
export function scoresSql({ recency, frequency, monetary }: Boundaries, now: number, params: Params): string {
  const beyond = (test: string, bounds: readonly number[]) =>
    `1 + arrayCount(bound -> ${test}, ${integers(bounds.map((bound) => params.int(bound)))})`;
  const perCurrency = monetary.map(({ amounts }, index) =>
    beyond(
      `spent[${index + 1}] > bound`,
      amounts.map((amount) => Math.floor(amount * SUM_SCALE + 0.5)),
    ),
  );
  const customers = customersSql(
    monetary.map(({ currency }) => currency),
    now,
    params,
  );
  return `
    select person, spent,
      ${beyond(`last > ${params.int(now)} - bound * ${DAY_MS}`, recency)} as recency,
      ${beyond("ordered > bound", frequency)} as frequency,
      arrayMax(${integers(["1", ...perCurrency])}) as monetary
    from (${customers})`;
}

function integers(parts: readonly string[]): string {
  return `cast([${parts.join(", ")}] as Array(Int64))`;
}
