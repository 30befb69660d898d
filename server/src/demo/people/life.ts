import type { Random } from "../random.ts";
import type { ShopStore, ShopWindow } from "../shop-window.ts";
import type { Cart, Line } from "./basket.ts";
import type { Device, Diary } from "./diary.ts";
import type { Person } from "./make-people.ts";
import type { Taste } from "./taste.ts";

/** What the shop was told when it learnt a name. */
export interface Membership {
  readonly at: number;
  readonly wantsMail: boolean | null;
}

/** Everything about a person that a visit needs or changes. */
export interface Life {
  readonly person: Person;
  readonly shop: ShopWindow;
  readonly random: Random;
  readonly diary: Diary;
  readonly taste: Taste;
  readonly devices: readonly Device[];
  readonly cart: Cart;
  readonly orders: { readonly id: string; readonly at: number; readonly lines: readonly Line[]; isReturned: boolean }[];
  membership: Membership | null;
}

/** The store in a person's own town; `İzmir` and `Izmir` are one town. */
export function storeNear(shop: ShopWindow, person: Person): ShopStore | undefined {
  return shop.stores.find((store) => store.city.localeCompare(person.place.city, "en", { sensitivity: "base" }) === 0);
}
