import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isUnreachable } from "../api/ask.ts";
import { productQuery } from "../products/queries.ts";
import { useMarket } from "../session/use-market.ts";
import { lineOfWanted, type Wanted } from "./line-of.ts";
import type { TicketChange } from "./ticket.ts";

/** Puts what lies in a bag or on a list onto the ticket, at this store's prices; without a network at those it has. */
export function useSellWanted(change: (change: TicketChange) => void) {
  const { i18n } = useTranslation();
  const queries = useQueryClient();
  const market = useMarket();
  const priceHere = async (item: Wanted) => {
    try {
      const product = await queries.ensureQueryData(productQuery(item.product_id, market));
      return product.variants.find(({ id }) => id === item.variant_id)?.price ?? item.price;
    } catch (error) {
      if (isUnreachable(error)) return item.price;
      throw error;
    }
  };
  return async (items: readonly Wanted[]) => {
    const prices = await Promise.all(items.map(priceHere));
    for (const [i, item] of items.entries()) {
      const line = lineOfWanted({ ...item, price: prices[i] ?? item.price }, i18n.language);
      change({ do: "add", line, quantity: item.quantity });
    }
  };
}
