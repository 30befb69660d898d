import type { Json } from "../../platform/json.ts";

/** One order as the fold remembers it, so that repeats, refunds and late news of it count once. Minor units. */
export interface OrderMemory {
  /** Revenue as sold. */
  r: number;
  c: string;
  at: string;
  ch: string;
  store: string | null;
  /** Refunds by message id. */
  refunds: Record<string, number>;
  cancelled: boolean;
}

/** A change of the cart told by a client that sends single events, newest last. */
export interface CartStep {
  at: string;
  id: string;
  item: string;
  quantity: number;
  price: number;
}

/**
 * What the fold keeps of a person beside what it shows. Everything in it is built so that the events' order of arrival
 * does not matter: sums over distinct keys, newest-by-time with ties told by message id, bounded top lists.
 */
export interface Memory {
  /** Trait → time and message id of its newest value. */
  traits: Record<string, [at: string, id: string]>;
  orders: Record<string, OrderMemory>;
  /** Orders beyond the newest 200, by currency and channel: only their sums are kept. */
  older: {
    count: number;
    byCurrency: Record<string, number>;
    byChannel: Record<string, { orders: number; revenue: number }>;
    first: string | null;
  };
  channels: Record<string, { events: number; last: string }>;
  stores: Record<string, number>;
  views: Record<string, string>;
  category: [at: string, id: string, value: string] | null;
  /** The cart as our own rooms tell it whole. */
  cart: { at: string; id: string; items: number; value: number } | null;
  cartSteps: CartStep[];
  cartCleared: string | null;
  sizes: Record<string, Record<string, number>>;
  devices: string[];
  events: number;
}

export type TraitValues = Record<string, Json>;

export const NEWEST_ORDERS = 200;
export const NEWEST_VIEWS = 12;
export const NEWEST_CART_STEPS = 100;
export const MOST_DEVICES = 50;

export function emptyMemory(): Memory {
  return {
    traits: {},
    orders: {},
    older: { count: 0, byCurrency: {}, byChannel: {}, first: null },
    channels: {},
    stores: {},
    views: {},
    category: null,
    cart: null,
    cartSteps: [],
    cartCleared: null,
    sizes: {},
    devices: [],
    events: 0,
  };
}

/** Whether (at, id) comes after what is known; equal times are told apart by message id. */
export function isNewer(
  at: string,
  id: string,
  known: readonly [string, string, ...unknown[]] | null | undefined,
): boolean {
  return !known || at > known[0] || (at === known[0] && id > known[1]);
}

/** A key that clients chose, made safe for plain objects: names that every object inherits get a line before them. */
export function keyFor(text: string): string {
  return text in Object.prototype ? `_${text}` : text;
}
