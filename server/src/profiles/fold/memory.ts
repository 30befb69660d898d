import type { Json } from "../../platform/json.ts";

/** One order as the fold remembers it, so that repeats, refunds and late news of it count once. Minor units. */
export interface OrderMemory {
  /** Revenue as sold. */
  r: number;
  c: string;
  /** Time and message id of the first telling; empty until the order itself has been seen. */
  at: string;
  id: string;
  ch: string;
  store: string | null;
  /** What was bought, as kind (category) and size. */
  sizes: [kind: string, size: string][];
  /** Refunds by message id; null is all of it. */
  refunds: Record<string, number | null>;
  cancelled: boolean;
}

/** Orders beyond the newest 200: only their sums are kept. */
export interface OlderOrders {
  count: number;
  byCurrency: Record<string, number>;
  byChannel: Record<string, { orders: number; revenue: number }>;
  stores: Record<string, number>;
  sizes: Record<string, Record<string, number>>;
  first: string | null;
}

/** A change of the cart told by a client that sends single events, newest last. */
export interface CartStep {
  at: string;
  id: string;
  quantity: number;
  price: number;
}

/**
 * What the fold keeps of a person beside what it shows. Everything in it is built so that the events' order of arrival
 * does not matter: sums over distinct keys, newest-by-time with ties told by message id, bounded top lists.
 */
export interface Memory {
  /** Trait → the telling its value is from. */
  traits: Record<string, TraitTold>;
  orders: Record<string, OrderMemory>;
  older: OlderOrders;
  channels: Record<string, { events: number; last: string }>;
  views: Record<string, string>;
  category: [at: string, id: string, value: string] | null;
  /** The time zone that their device told last. */
  zone: [at: string, id: string, value: string] | null;
  /** The cart as it was last told whole (an order tells that it is empty), and the single steps since. */
  cart: CartTold | null;
  cartSteps: CartStep[];
  /** All lists as they were last told; absent of people who were folded before there were any. */
  lists?: CartTold | null;
  devices: string[];
  events: number;
}

export interface CartTold {
  at: string;
  id: string;
  items: number;
  value: number;
}

/** Time and message id; a third part when the teller had proven who they are. */
export type TraitTold = [at: string, id: string, proven?: 1];

export type TraitValues = Record<string, Json>;

export const NEWEST_ORDERS = 200;
export const NEWEST_VIEWS = 12;
export const NEWEST_CART_STEPS = 100;
export const MOST_DEVICES = 50;

export function emptyMemory(): Memory {
  return {
    traits: {},
    orders: {},
    older: emptyOlder(),
    channels: {},
    views: {},
    category: null,
    zone: null,
    cart: null,
    cartSteps: [],
    devices: [],
    events: 0,
  };
}

function emptyOlder(): OlderOrders {
  return { count: 0, byCurrency: {}, byChannel: {}, stores: {}, sizes: {}, first: null };
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

/** Whether a trait's telling wins over the known one: proof over a claim, whenever it was made; else the newer. */
export function isBetterTold(told: TraitTold, known: TraitTold | null | undefined): boolean {
  if (known && told[2] !== known[2]) return told[2] === 1;
  return isNewer(told[0], told[1], known && [known[0], known[1]]);
}
