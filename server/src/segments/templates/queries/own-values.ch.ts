import type { History } from "../../../platform/history.ts";
import { DAY_MS } from "../../predicates/times.ts";
import { PEOPLE_EVENTS } from "../../queries/people-events.ch.ts";

const NAMES = { names: ["Order Completed"] };
const YEAR_MS = 365 * DAY_MS;

/** What most people have bought of within a year: the value of `field` in the lines of orders. Null when no line has one. */
export async function favourite(history: History, field: "category" | "size", now: number): Promise<string | null> {
  const [row] = await history.query<{ value: string }>(
    `select value from (
       select person, arrayJoin(arrayMap(line -> JSONExtractString(line, {field:String}), JSONExtractArrayRaw(properties, 'products'))) as value
       from (${PEOPLE_EVENTS}) where at > {from:Int64})
     where value != '' and length(value) <= 200 group by value order by uniqExact(person) desc, value limit 1`,
    { ...NAMES, field, from: now - YEAR_MS },
  );
  return row?.value ?? null;
}

/**
 * The days from one order to the next, of the median customer who has come back within a year: each counts once with the
 * average of their own, or those who buy each week would speak for all. Orders of one day are one visit.
 */
export async function medianGap(history: History, now: number): Promise<{ people: number; days: number }> {
  const [row] = await history.query<{ people: number; days: number }>(
    `select count() as people, ifNull(quantileExactOrNull(0.5)(gap), 0) / ${DAY_MS} as days from (
       select (max(at) - min(at)) / (uniqExact(intDiv(at, ${DAY_MS})) - 1) as gap
       from (${PEOPLE_EVENTS}) where at > {from:Int64} group by person having uniqExact(intDiv(at, ${DAY_MS})) > 1)`,
    { ...NAMES, from: now - YEAR_MS },
  );
  return row ?? { people: 0, days: 0 };
}
