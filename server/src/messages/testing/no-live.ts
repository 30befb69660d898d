import type { LiveData } from "../index.ts";

/** A world without carts, stock and stores. */
export const noLive: LiveData = {
  cartsOf: async () => new Map(),
  recommendationsFor: async () => new Map(),
  productsOf: async () => new Map(),
  stockOf: async () => new Map(),
  stores: async () => [],
  nearestStores: async () => new Map(),
};
