import type { History } from "../../platform/history.ts";
import { JOIN_PERSON, NOBODY, PERSON } from "./person.ts";
import { SALES } from "./sales.ts";

export interface HoldoutArm {
  readonly held: 0 | 1;
  readonly people: number;
  /** Who has bought since. */
  readonly buyers: number;
  /** Net revenue since, and the sum of its squares per person, in minor units of the currency. */
  readonly revenue: number;
  readonly squares: number;
}

/**
 * `isHeldOut("global", person, share)` of the room of experiments, as History reckons it: the first 48 bits of SHA-256
 * over the parts, each with its length.
 */
export const IS_HELD_OUT = `reinterpretAsUInt64(reverse(substring(
  SHA256(concat('7:holdout 6:global 36:', toString(person))), 1, 6))) < {share:Float64} * pow(2, 48)`;

/** Whoever was known before `since`, by whether they are held out: who comes later comes because of marketing, or not. */
export async function holdoutArms(
  history: History,
  { share, since, currency }: { readonly share: number; readonly since: string; readonly currency: string },
): Promise<HoldoutArm[]> {
  return history.query(
    `select toUInt8(${IS_HELD_OUT}) as held, count() as people, countIf(orders > 0) as buyers,
       sum(greatest(0, bought)) as revenue, sum(pow(toFloat64(greatest(0, bought)), 2)) as squares
     from (
       select ${PERSON} as person from events ${JOIN_PERSON}
       where events.timestamp < {since:DateTime64(3)} and events.bot = 0 and events.profile_id != ${NOBODY}
       group by person
     ) as known
     left any join (
       select person, sum(is_order) as orders, sumIf(amount, currency = {currency:String}) as bought
       from (${SALES}) as sales where at >= {since:DateTime64(3)} group by person
     ) as bought using (person)
     group by held order by held`,
    { share, since, currency },
  );
}
