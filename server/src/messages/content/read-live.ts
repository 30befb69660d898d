import type { Profile } from "../../profiles/contracts.ts";
import type { Needs } from "./needs.ts";
import type { LiveBalance, LiveCart, LiveProduct, LiveStore } from "./render-data.ts";

type Of<T> = Promise<ReadonlyMap<string, T>>;

/** What is true of people and products at the moment of sending; asked then, never kept. Each asks for many at once. */
export interface LiveData {
  cartsOf(profileIds: readonly string[]): Of<LiveCart>;
  /** What people keep on their lists; absent where no room knows. */
  listsOf?(profileIds: readonly string[]): Of<LiveCart>;
  balancesOf?(profileIds: readonly string[]): Of<LiveBalance>;
  recommendationsFor(profiles: readonly Profile[]): Of<readonly LiveProduct[]>;
  productsOf(productIds: readonly string[]): Of<LiveProduct>;
  /** variant id → pieces that can be sold now over the web. */
  stockOf(variantIds: readonly string[]): Of<number>;
  stores(): Promise<readonly LiveStore[]>;
  /** The store nearest to each person, where their place is known. */
  nearestStores(profiles: readonly Profile[]): Of<LiveStore>;
}

/** One person's share of it. */
export interface Live {
  readonly cart: LiveCart | null;
  readonly list: LiveCart | null;
  readonly balance: LiveBalance | null;
  readonly recommendations: readonly LiveProduct[];
  readonly products: ReadonlyMap<string, LiveProduct>;
  readonly stock: ReadonlyMap<string, number>;
  /** The one they prefer. */
  readonly store: LiveStore | null;
  readonly nearestStore: LiveStore | null;
}

export const NOTHING_LIVE: Live = {
  cart: null,
  list: null,
  balance: null,
  recommendations: [],
  products: new Map(),
  stock: new Map(),
  store: null,
  nearestStore: null,
};

/** Reads for many people at once what their template asks for, and nothing else. */
export async function readLive(
  live: LiveData,
  profiles: readonly Profile[],
  needs: Needs,
): Promise<ReadonlyMap<string, Live>> {
  const ids = profiles.map(({ id }) => id);
  const none = new Map<string, never>();
  const [carts, lists, balances, recommended, products, stores, nearest] = await Promise.all([
    needs.cart ? live.cartsOf(ids) : none,
    needs.list ? (live.listsOf?.(ids) ?? none) : none,
    needs.balance ? (live.balancesOf?.(ids) ?? none) : none,
    needs.recommendations ? live.recommendationsFor(profiles) : none,
    needs.products.length > 0 ? live.productsOf(needs.products) : none,
    needs.store ? live.stores() : [],
    needs.nearestStore ? live.nearestStores(profiles) : none,
  ]);
  const variants = new Set(
    [...carts.values(), ...lists.values()].flatMap(({ items }) => items.map((i) => i.variant_id)),
  );
  const stock = variants.size > 0 ? await live.stockOf([...variants]) : none;
  return new Map(
    profiles.map((profile) => {
      const preferred = profile.computed.preferred_store;
      const store = stores.find(({ id }) => id === preferred) ?? null;
      return [
        profile.id,
        {
          cart: carts.get(profile.id) ?? null,
          list: lists.get(profile.id) ?? null,
          balance: balances.get(profile.id) ?? null,
          recommendations: recommended.get(profile.id) ?? [],
          products,
          stock,
          store,
          nearestStore: nearest.get(profile.id) ?? null,
        },
      ];
    }),
  );
}
