import type { NewEvent } from "../../collect/index.ts";
import { createRandom, type Random } from "../random.ts";
import type { ShopWindow } from "../shop-window.ts";
import { Cart } from "./basket.ts";
import { type Device, Diary } from "./diary.ts";
import { isSubscribed, join } from "./join.ts";
import { type Life, storeNear } from "./life.ts";
import type { Person } from "./make-people.ts";
import { readNewsletters } from "./newsletters.ts";
import { planYear } from "./plan-year.ts";
import { DAY, HOUR } from "./rhythm.ts";
import { makeTaste } from "./taste.ts";
import { visit } from "./visit.ts";

/** A visit that began later might be cut off before its sign-in, and leave a stranger behind. */
const LAST_VISIT = 3 * HOUR;

/** The year of one person up to `until` as events, oldest first; the same for the same seed, shop and end. */
export function liveYear(seed: string, person: Person, shop: ShopWindow, until: number): NewEvent[] {
  const random = createRandom(`${seed}/life/${person.index}`);
  const from = until - 365 * DAY;
  const life: Life = {
    person,
    shop,
    random,
    diary: new Diary(person, until),
    taste: makeTaste(random, shop),
    devices: makeDevices(random, person),
    cart: new Cart(`cart-${person.index}`, shop.currency),
    orders: [],
    membership: null,
  };
  const year = planYear(random, person, storeNear(shop, person) !== undefined, from, until);
  for (const planned of year.visits) {
    if (planned.at >= until - LAST_VISIT) continue;
    visit(life, planned, { joins: planned.at === year.joinedAt, hasJoined: planned.at >= year.joinedAt });
  }
  if (life.membership === null && person.habit !== "guest") join(life, year.joinedAt, null);
  if (isSubscribed(life)) readNewsletters(life, from, until);
  return life.diary.close();
}

/** The first device is the one they are first met on. */
function makeDevices(random: Random, person: Person): Device[] {
  const kinds: Device["kind"][] = person.habit === "in-store" ? [] : [random.chance(0.72) ? "phone" : "laptop"];
  if (person.habit === "buys" || person.habit === "looks") {
    if (random.chance(0.4)) kinds.push(kinds[0] === "phone" ? "laptop" : "phone");
    if (random.chance(0.25)) kinds.push("app");
  }
  return kinds.map((kind) => ({ kind, anonymousId: `demo-${kind}-${random.hex(16)}`, isKnown: false }));
}
