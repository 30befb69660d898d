import type { JsonObject } from "../../platform/json.ts";
import { productProperties } from "../shop-window.ts";
import { fillBasket } from "./basket.ts";
import { addToCart, look, step } from "./clicks.ts";
import type { Where } from "./diary.ts";
import { join, onDevice } from "./join.ts";
import type { Life } from "./life.ts";
import { giveBack, orderInStore, orderOnline } from "./order.ts";
import type { Visit } from "./plan-year.ts";
import { MINUTE } from "./rhythm.ts";
import { choose, chooseCategory } from "./taste.ts";

const CAMPAIGNS: readonly JsonObject[] = [
  { source: "google", medium: "cpc", name: "brand" },
  { source: "google", medium: "organic" },
  { source: "instagram", medium: "paid_social", name: "new-season" },
  { source: "facebook", medium: "paid_social", name: "home-weeks" },
];

/** One visit, told from the door to the exit. Seconds and minutes pass between its events. */
export function visit(life: Life, planned: Visit, state: { joins: boolean; hasJoined: boolean }): void {
  const { random } = life;
  const { at } = planned;
  const device = state.hasJoined && !state.joins ? pickDevice(life) : life.devices[0];
  if (planned.intent === "order-in-store") {
    if (state.joins) join(life, at - 5 * MINUTE, null);
    orderInStore(life, at);
  } else if (planned.intent === "give-back") {
    giveBack(life, at);
  } else if (planned.intent === "clear-cart") {
    clearCart(life, at);
  } else if (device) {
    const where: Where = { ...onDevice(device), ...(random.chance(0.2) ? { campaign: random.pick(CAMPAIGNS) } : {}) };
    visitOnline(life, { at }, where, planned.intent, state);
  }
}

function visitOnline(
  life: Life,
  clock: { at: number },
  where: Where,
  intent: "look" | "fill-cart" | "order",
  state: { joins: boolean; hasJoined: boolean },
): void {
  const { random, person } = life;
  arrive(life, clock, where);
  if (person.habit !== "guest" && state.hasJoined && !where.device?.isKnown) signIn(life, clock, where, state.joins);
  if (intent === "order") orderOnline(life, clock, where);
  if (intent === "fill-cart") {
    for (const line of fillBasket(random, life.shop, life.taste).slice(0, 3)) addToCart(life, clock, where, line);
  }
}

function pickDevice({ devices, random }: Life) {
  return devices[random.weighted(devices.map((_, i) => (i === 0 ? 3 : 2)))];
}

/** On the device of the first sign-up they give their facts; on a later one they only sign in. */
function signIn(life: Life, clock: { at: number }, where: Where, joins: boolean): void {
  clock.at += life.random.next() * 3 * MINUTE;
  if (joins || life.membership === null) join(life, clock.at, where.device);
  else life.diary.identify(clock.at, where, { email: life.person.email });
}

/** Looks around: home page, lists, a search now and then, a few products. */
function arrive(life: Life, clock: { at: number }, where: Where): void {
  const { random, diary, shop, taste } = life;
  if (random.chance(0.75)) diary.page(clock.at, where, "/", "Home");
  const category = chooseCategory(random, taste);
  if (random.chance(0.6)) {
    diary.track(step(life, clock), where, "Product List Viewed", { list_id: category, category });
  }
  if (random.chance(0.2)) {
    const { product, variant } = choose(random, shop, taste, category);
    const name = product.titles[life.person.language] ?? product.title;
    const words = [name.toLowerCase(), variant.color?.toLowerCase(), variant.size].filter(Boolean);
    diary.track(step(life, clock), where, "Products Searched", { query: words.slice(0, random.int(1, 3)).join(" ") });
  }
  for (let n = random.int(1, 3); n > 0; n--) {
    look(life, clock, where, choose(random, shop, taste, random.chance(0.7) ? category : undefined));
  }
}

/** On a device that shows the cart: one they have signed in on. */
function clearCart(life: Life, at: number): void {
  const { cart, shop, diary } = life;
  const device = life.devices.find((candidate) => candidate.isKnown);
  if (!device) return;
  const where = onDevice(device);
  const clock = { at };
  for (const line of cart.lines) {
    cart.lines = cart.lines.filter((other) => other !== line);
    const product = productProperties(line, shop.currency, line.quantity);
    diary.track(step(life, clock), where, "Product Removed", { cart_id: cart.id, ...product, cart: cart.summary() });
  }
}
