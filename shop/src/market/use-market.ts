import { useQuery } from "@tanstack/react-query";
import { cartQuery } from "../cart/cart-query.ts";
import { useKilim } from "../kilim.tsx";
import { keptMarket, type Market } from "./market.ts";

/** Where she buys: what her cart says, on whatever device that was chosen; until it is read, what held here before. */
export function useMarket(): Market {
  const cart = useQuery(cartQuery(useKilim())).data;
  if (!cart) return keptMarket();
  return cart.market
    ? { currency: cart.market.currency, ...(cart.market.region ? { region: cart.market.region } : {}) }
    : {};
}
