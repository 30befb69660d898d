import type { BesideItem, Cart } from "@kilim/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";

interface Line {
  readonly variant_id: string;
  readonly quantity: number;
}

/** What an associate does to the bag of the customer in front; she sees it on her phone at once. */
export function useBag(customerId: string, storeId: string | null) {
  const queries = useQueryClient();
  const path = `/v1/profiles/${customerId}/cart/items`;
  const onSuccess = (cart: Cart) => queries.setQueryData(["cart", customerId], cart);
  const put = useMutation({
    mutationFn: (lines: readonly Line[]) =>
      lines.reduce<Promise<Cart>>(
        (before, { variant_id, quantity }) =>
          before.then(() => ask("POST", path, { variant_id, quantity, ...(storeId ? { store_id: storeId } : {}) })),
        ask("GET", `/v1/profiles/${customerId}/cart`),
      ),
    onSuccess,
  });
  const say = useMutation({
    mutationFn: ({ variantId, ...beside }: BesideItem & { readonly variantId: string }) =>
      ask<Cart>("PUT", `${path}/${variantId}`, beside),
    onSuccess,
  });
  const takeOut = useMutation({
    mutationFn: (variantId: string) => ask<Cart>("DELETE", `${path}/${variantId}`),
    onSuccess,
  });
  return { put, say, takeOut, error: put.error ?? say.error ?? takeOut.error };
}
