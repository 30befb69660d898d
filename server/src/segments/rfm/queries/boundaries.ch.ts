import type { History } from "../../../platform/history.ts";
import { Params } from "../../compile/params.ts";
import { MAX_COUNT } from "../../contracts.ts";
import { DAY_MS } from "../../predicates/times.ts";
import { SUM_SCALE } from "../../predicates/values.ts";
import { PEOPLE_EVENTS } from "../../queries/people-events.ch.ts";
import { type Boundaries, WINDOW_DAYS } from "../boundaries.ts";
import { customersSql, ORDER_NAMES } from "./scored-people.ch.ts";

/** Fifths of fewer people say nothing: five would be one each. */
export const FEWEST_PEOPLE = 25;
/** A shop that sells in more has a handful of orders in each of the others. */
const MOST_CURRENCIES = 5;

/** The values at whole fifths of everybody's ranking; null when too few have ordered within the window. */
export async function findBoundaries(
  history: History,
  now: number,
): Promise<{ readonly people: number; readonly boundaries: Boundaries | null }> {
  const currencies = await currenciesOf(history, now);
  const params = new Params();
  const lists = currencies.map((_, index) => `arraySort(groupArrayIf(spent[${index + 1}], bought[${index + 1}] > 0))`);
  const [found] = await history.query<{
    people: number;
    recency: number[];
    frequency: number[];
    monetary: number[][];
  }>(
    `select people,
       ${fifthsOf("days")} as recency,
       ${fifthsOf("orders")} as frequency,
       arrayMap(amounts -> ${fifthsOf("amounts")}, lists) as monetary
     from (
       select count() as people,
         arrayReverseSort(groupArray(intDiv(greatest(${params.int(now)} - last, 0), ${DAY_MS}))) as days,
         arraySort(groupArray(ordered)) as orders,
         cast([${lists.join(", ")}] as Array(Array(Int64))) as lists
       from (${customersSql(currencies, now, params)}))`,
    { ...params.values, ...ORDER_NAMES },
  );
  if (!found || found.people < FEWEST_PEOPLE) return { people: found?.people ?? 0, boundaries: null };
  return {
    people: found.people,
    boundaries: {
      recency: found.recency,
      frequency: found.frequency.map((orders) => Math.min(orders, MAX_COUNT)),
      monetary: currencies.map((currency, index) => ({
        currency,
        // Nothing earned is not much, even where most orders are gifts or come back.
        amounts: (found.monetary[index] ?? []).map((amount) => Math.max(amount, 0) / SUM_SCALE),
      })),
    },
  };
}

/** Of a list sorted from the worst to the best: the last of the lowest fifth, of the lowest two, and so on. */
function fifthsOf(list: string): string {
  return `arrayMap(fifth -> ${list}[intDiv(length(${list}) * fifth, 5)], [1, 2, 3, 4])`;
}

/** The currencies in which enough people have bought, the most used first. */
async function currenciesOf(history: History, now: number): Promise<(string | null)[]> {
  const found = await history.query<{ currency: string }>(
    `select JSONExtractString(properties, 'currency') as currency from (${PEOPLE_EVENTS})
     where at > {from:Int64} and match(currency, '^([A-Za-z]{3})?$')
     group by currency having uniqExact(person) >= {fewest:UInt32}
     order by uniqExact(person) desc, currency limit {most:UInt8}`,
    { ...ORDER_NAMES, from: now - WINDOW_DAYS * DAY_MS, fewest: FEWEST_PEOPLE, most: MOST_CURRENCIES },
  );
  return found.map(({ currency }) => (currency === "" ? null : currency));
}
