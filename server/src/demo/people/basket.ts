import type { JsonObject } from "../../platform/json.ts";
import { toMajor } from "../../platform/money.ts";
import { fitted } from "../fitted-figures.ts";
import type { Random } from "../random.ts";
import { type Choice, productProperties, type ShopWindow } from "../shop-window.ts";
import { choose, type Taste } from "./taste.ts";

export interface Line extends Choice {
  readonly quantity: number;
}

/** A person's cart, the same on all their devices, as their events tell it. */
export class Cart {
  readonly id: string;
  readonly #currency: string;
  lines: readonly Line[] = [];

  constructor(id: string, currency: string) {
    this.id = id;
    this.#currency = currency;
  }

  /** The cart as it stands, which every event that touches it carries. */
  summary(): JsonObject {
    const value = sumOf(this.lines);
    const items = this.lines.reduce((sum, line) => sum + line.quantity, 0);
    return { cart_id: this.id, items, value: toMajor(value, this.#currency), currency: this.#currency };
  }
}

export function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.variant.price * line.quantity, 0);
}

/** Minor units. Everybody looks at sofas; what costs more than this is bought the more seldom the more it costs. */
const EASY_PRICE = 15_000;

/** What goes into one order: as many different products as the public data show, seldom two of one. */
export function fillBasket(random: Random, shop: ShopWindow, taste: Taste): Line[] {
  const wanted = Math.round(random.logNormal(fitted.basketLines.mu, fitted.basketLines.sigma));
  const lines = new Map<string, Line>();
  for (let i = 0; i < Math.max(1, Math.min(12, wanted)); i++) {
    const choice = chooseAffordable(random, shop, taste);
    if (!lines.has(choice.variant.id)) {
      lines.set(choice.variant.id, { ...choice, quantity: random.chance(0.1) ? random.int(2, 4) : 1 });
    }
  }
  return [...lines.values()];
}

function chooseAffordable(random: Random, shop: ShopWindow, taste: Taste): Choice {
  for (let tries = 0; ; tries++) {
    const choice = choose(random, shop, taste);
    if (tries > 20 || random.chance(EASY_PRICE / choice.variant.price)) return choice;
  }
}

/** The properties that an order and what is given back of it have in common. */
export function orderProperties(orderId: string, lines: readonly Line[], currency: string): JsonObject {
  const amount = toMajor(sumOf(lines), currency);
  return {
    order_id: orderId,
    revenue: amount,
    total: amount,
    currency,
    products: lines.map((line) => productProperties(line, currency, line.quantity)),
  };
}
