import { toMajor } from "../../platform/money.ts";
import { productProperties } from "../shop-window.ts";
import { fillBasket, type Line, orderProperties, sumOf } from "./basket.ts";
import { addToCart, look, step } from "./clicks.ts";
import type { Where } from "./diary.ts";
import { traitsOf } from "./join.ts";
import { type Life, storeNear } from "./life.ts";
import { DAY } from "./rhythm.ts";

/** Minor units; free from this value of the goods on. */
const SHIPPING = { cost: 490, freeFrom: 10_000 };

/** Fills the cart, checks out and pays, on a device. What lay in the cart before is bought as well. */
export function orderOnline(life: Life, clock: { at: number }, where: Where): void {
  const { random, shop, diary, cart, person } = life;
  for (const line of fillBasket(random, shop, life.taste)) {
    if (random.chance(0.45)) look(life, clock, where, line);
    addToCart(life, clock, where, line);
  }
  const lines = cart.lines;
  if (person.userId === null && life.orders.length === 0) {
    // The address form of a checkout: it tells a name without a customer number.
    diary.identify(step(life, clock), where, traitsOf(person));
  }
  const products = lines.map((line) => productProperties(line, shop.currency, line.quantity));
  if (random.chance(0.7))
    diary.track(step(life, clock), where, "Cart Viewed", { cart_id: cart.id, products, cart: cart.summary() });
  const value = sumOf(lines);
  diary.track(step(life, clock), where, "Checkout Started", {
    cart_id: cart.id,
    value: toMajor(value, shop.currency),
    currency: shop.currency,
    products,
  });
  const orderId = nextOrderId(life);
  const shipping = value >= SHIPPING.freeFrom ? 0 : SHIPPING.cost;
  cart.lines = [];
  const isGuest = person.userId === null || (where.device !== null && !where.device.isKnown);
  diary.track(step(life, clock), where, "Order Completed", {
    ...orderProperties(orderId, lines, shop.currency),
    shipping: toMajor(shipping, shop.currency),
    total: toMajor(value + shipping, shop.currency),
    payment_method: random.pick(["card", "card", "card", "bank transfer", "wallet"]),
    cart: cart.summary(),
    ...(isGuest ? { email: person.email } : {}),
  });
  remember(life, orderId, clock.at, lines);
}

/** A purchase at a till, in the nearest store if their town has one; the card tells who it was. */
export function orderInStore(life: Life, at: number): void {
  const { random, shop, diary, cart, person } = life;
  const store = storeNear(shop, person) ?? random.pick(shop.stores);
  const lines = fillBasket(random, shop, life.taste).slice(0, 6);
  const orderId = nextOrderId(life);
  cart.lines = [];
  const where: Where = { channel: "store", touchpoint: "till", device: null };
  diary.track(at, where, "Order Completed", {
    ...orderProperties(orderId, lines, shop.currency),
    store_id: store.id,
    payment_method: random.pick(["card", "card", "cash"]),
    ...(person.loyaltyId === null ? {} : { loyalty_id: person.loyaltyId }),
    cart: cart.summary(),
  });
  remember(life, orderId, at, lines);
}

/** Part of an order comes back, by parcel or over the counter. */
export function giveBack(life: Life, at: number): void {
  const { random, shop, diary, person } = life;
  const order = life.orders.findLast(
    (candidate) => candidate.at < at && at - candidate.at < 60 * DAY && !candidate.isReturned,
  );
  if (!order) return;
  order.isReturned = true;
  const lines = random.chance(0.55) ? order.lines.slice(0, 1) : order.lines.slice(0, random.int(1, order.lines.length));
  const store = storeNear(shop, person);
  const toStore = person.userId !== null && store !== undefined && random.chance(0.4);
  const where: Where = toStore
    ? { channel: "store", touchpoint: "till", device: null }
    : { channel: "web", touchpoint: "returns page", device: life.devices[0] ?? null };
  if (where.device === null && person.userId === null) return;
  diary.track(at, where, "Order Refunded", {
    ...orderProperties(order.id, lines, shop.currency),
    reason: random.pick(["too small", "too large", "other than in the picture", "changed my mind", "damaged"]),
    ...(toStore && store ? { store_id: store.id } : {}),
    ...(person.userId === null ? { email: person.email } : {}),
  });
}

function nextOrderId({ person, orders }: Life): string {
  return `D${10_000 + person.index}-${orders.length + 1}`;
}

function remember(life: Life, id: string, at: number, lines: readonly Line[]): void {
  life.orders.push({ id, at, lines, isReturned: false });
}
