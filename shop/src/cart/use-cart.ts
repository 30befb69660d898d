import type { BesideItem, Cart } from "@kilim/sdk";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useKilim } from "../kilim.tsx";
import { cartQuery } from "./cart-query.ts";
import { tellOtherTabs } from "./other-tabs.ts";

/** The cart of this device, or of the person once signed in. The server tells the rest of the story (events) itself. */
export function useCart() {
  const kilim = useKilim();
  const queries = useQueryClient();
  const cart = useQuery(cartQuery(kilim));
  const keep = (answer: Cart) => {
    // Whatever was asked before it knows less.
    void queries.cancelQueries({ queryKey: ["cart"] });
    queries.setQueryData(["cart"], answer);
    void queries.invalidateQueries({ queryKey: ["home"] });
    tellOtherTabs();
  };
  const add = useMutation({
    mutationFn: (line: { variantId: string; quantity: number }) => kilim.cart.add(line.variantId, line.quantity),
    onSuccess: keep,
  });
  const set = useMutation({
    mutationFn: (line: { variantId: string; quantity: number }) =>
      line.quantity > 0 ? kilim.cart.set(line.variantId, line.quantity) : kilim.cart.remove(line.variantId),
    onSuccess: keep,
  });
  const say = useMutation({
    mutationFn: ({ variantId, ...beside }: BesideItem & { variantId: string }) => kilim.cart.say(variantId, beside),
    onSuccess: keep,
  });
  const count = cart.data?.items.reduce((sum, item) => sum + item.quantity, 0) ?? 0;
  return { cart: cart.data, count, add, set, say, keep };
}
