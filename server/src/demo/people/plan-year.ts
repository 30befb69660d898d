import { fitted } from "../fitted-figures.ts";
import type { Random } from "../random.ts";
import type { Person } from "./make-people.ts";
import { atBusyHour, DAY, HOUR, inSeason } from "./rhythm.ts";

export type Intent = "look" | "fill-cart" | "clear-cart" | "order" | "order-in-store" | "give-back";

export interface Visit {
  readonly at: number;
  readonly intent: Intent;
}

export interface Year {
  /** When the shop learns who it is; before that, visits are a stranger's. */
  readonly joinedAt: number;
  readonly visits: readonly Visit[];
}

/** When a person comes and what for, over one year. */
export function planYear(random: Random, person: Person, isNearStore: boolean, from: number, until: number): Year {
  // Guests are known by their first order alone: a week is left for it.
  const joinedAt = inSeason(random, from, until - (person.habit === "guest" ? 8 * DAY : 4 * HOUR));
  const visits: Visit[] = [{ at: joinedAt, intent: person.habit === "in-store" ? "order-in-store" : "look" }];
  if (person.habit !== "in-store") addBrowsing(random, visits, joinedAt, until, person.habit === "looks" ? 5 : 3.6);
  if (person.habit !== "looks") addOrders(random, visits, person, isNearStore, joinedAt, until);
  if (person.habit === "looks" || person.habit === "buys") addCarts(random, visits, joinedAt, until);
  const timed = visits.map((visit) => (visit.at === joinedAt ? visit : atGoodHour(random, visit, person, joinedAt)));
  return { joinedAt, visits: timed.toSorted((a, b) => a.at - b.at) };
}

/** Bends a visit to an hour at which people come; what follows the joining stays behind it. */
function atGoodHour(random: Random, { at, intent }: Visit, person: Person, joinedAt: number): Visit {
  const bent = atBusyHour(random, at, person.place, intent === "order-in-store" ? "store" : "web");
  return { intent, at: at > joinedAt ? Math.max(bent, joinedAt + HOUR * (0.5 + random.next())) : bent };
}

function addBrowsing(random: Random, visits: Visit[], joinedAt: number, until: number, perYear: number): void {
  for (let before = random.int(0, 2); before > 0; before--) {
    visits.push({ at: joinedAt - random.next() * 12 * DAY, intent: "look" });
  }
  const years = (until - joinedAt) / (365 * DAY);
  const count = Math.round(perYear * years * random.logNormal(0, 0.8));
  for (let i = 0; i < count; i++) visits.push({ at: inSeason(random, joinedAt, until), intent: "look" });
}

/** One order after another, each time with the chance and after the gap that the public data show. */
function addOrders(
  random: Random,
  visits: Visit[],
  person: Person,
  isNearStore: boolean,
  joinedAt: number,
  until: number,
): void {
  const storeShare = person.habit === "in-store" ? 1 : person.loyaltyId === null ? 0 : isNearStore ? 0.5 : 0.05;
  let at = person.habit === "buys" ? joinedAt + random.next() ** 3 * 30 * DAY : joinedAt + 1;
  for (let n = 0; at < until; n++) {
    const isInStore = random.chance(storeShare);
    // The first order of somebody who joined at the till is the visit that joined them.
    if (n > 0 || person.habit !== "in-store") visits.push({ at, intent: isInStore ? "order-in-store" : "order" });
    if (!isInStore && random.chance(0.5)) visits.push({ at: at - random.next() * 5 * DAY, intent: "look" });
    if (random.chance(fitted.returnShare)) {
      const delay = random.logNormal(fitted.returnDelayDays.mu, fitted.returnDelayDays.sigma);
      visits.push({ at: at + Math.min(60, Math.max(0.1, delay)) * DAY, intent: "give-back" });
    }
    const again = fitted.buysAgain[Math.min(n, fitted.buysAgain.length - 1)] ?? 0;
    if (person.habit === "guest" ? random.chance(0.85) : !random.chance(again)) return;
    at += Math.max(0.5, random.logNormal(fitted.gapDays.mu, fitted.gapDays.sigma)) * DAY;
  }
}

/** Carts that are filled and left; most of those who leave one empty it some weeks later. */
function addCarts(random: Random, visits: Visit[], joinedAt: number, until: number): void {
  if (!random.chance(0.3)) return;
  const at = inSeason(random, joinedAt, until);
  visits.push({ at, intent: "fill-cart" });
  if (random.chance(0.85)) visits.push({ at: at + (3 + random.next() * 25) * DAY, intent: "clear-cart" });
}
