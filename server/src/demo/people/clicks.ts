import { type Choice, productProperties } from "../shop-window.ts";
import type { Line } from "./basket.ts";
import type { Where } from "./diary.ts";
import type { Life } from "./life.ts";
import { MINUTE } from "./rhythm.ts";

export function look(life: Life, clock: { at: number }, where: Where, choice: Choice): void {
  const { currency } = life.shop;
  life.diary.track(step(life, clock), where, "Product Viewed", { ...productProperties(choice, currency), currency });
}

export function addToCart(life: Life, clock: { at: number }, where: Where, line: Line): void {
  const { cart, shop, diary } = life;
  if (!cart.lines.some((other) => other.variant.id === line.variant.id)) cart.lines = [...cart.lines, line];
  const product = productProperties(line, shop.currency, line.quantity);
  const properties = { cart_id: cart.id, currency: shop.currency, ...product, cart: cart.summary() };
  diary.track(step(life, clock), where, "Product Added", properties);
}

/** Time passes until the next click: half a minute, sometimes a few. */
export function step(life: Life, clock: { at: number }): number {
  clock.at += Math.min(20 * MINUTE, life.random.logNormal(Math.log(35_000), 0.8));
  return clock.at;
}
