/** What a template reads of the world, so that nothing else is asked for when it is sent. */
export interface Needs {
  readonly cart: boolean;
  readonly list: boolean;
  readonly balance: boolean;
  readonly recommendations: boolean;
  readonly store: boolean;
  readonly nearestStore: boolean;
  /** Products that are named in it. */
  readonly products: readonly string[];
}

const PRODUCT = /^products\.([0-9a-f-]{36})(?:\.|$)/;

/** `variables` as `variablesOf` gives them: `cart.items`, `products.<id>.title`. */
export function needsOf(variables: readonly string[]): Needs {
  const roots = new Set(variables.map((name) => name.split(/[.[]/)[0]));
  return {
    cart: roots.has("cart"),
    list: roots.has("list"),
    balance: roots.has("balance"),
    recommendations: roots.has("recommendations"),
    store: roots.has("store"),
    nearestStore: roots.has("nearest_store"),
    products: [...new Set(variables.flatMap((name) => PRODUCT.exec(name)?.[1] ?? []))],
  };
}
