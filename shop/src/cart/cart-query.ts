import { type Cart, type Kilim, KilimError } from "@kilim/sdk";
import { queryOptions } from "@tanstack/react-query";
import { keepMarket, type Market, takeMarketFromAddress } from "../market/market.ts";

let wished: Market | null = null;

/** Before the first page is shown. */
export function readAddress(): void {
  wished = takeMarketFromAddress();
}

/** The cart, in the market that a link has brought her to, if one has. */
export const cartQuery = (kilim: Kilim) =>
  queryOptions({
    queryKey: ["cart"],
    async queryFn() {
      const cart = await open(kilim);
      keepMarket({ ...cart.market, region: cart.market?.region ?? undefined });
      return cart;
    },
  });

async function open(kilim: Kilim): Promise<Cart> {
  if (!wished?.currency) return kilim.cart.get();
  const { currency, region } = wished;
  wished = null;
  try {
    return await kilim.cart.choose(currency, region);
  } catch (error) {
    // What lies in the cart has no price there: it stays what it was.
    if (error instanceof KilimError && error.status >= 400 && error.status < 500) return kilim.cart.get();
    throw error;
  }
}
