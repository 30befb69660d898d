import type { Kilim } from "@kilim/sdk";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Market } from "../../../server/src/catalog/contracts.ts";
import type { ChangedList, ListOperation, ShoppingList } from "../../../server/src/lists/contracts.ts";
import { chosenStore } from "./chosen-store.ts";
import { useKilim } from "./kiosk-context.ts";
import { useMarket } from "./use-market.ts";

const KEY = ["list"];
const WAIT_S = 20;
const AGAIN_MS = 2_000;

type Step = ListOperation extends infer Each ? (Each extends ListOperation ? Omit<Each, "id"> : never) : never;

/** The list of whoever stands here; made when the first thing goes on it. */
export function useList() {
  const kilim = useKilim();
  const queries = useQueryClient();
  const market = useMarket();
  const { data: list = null } = useQuery<ShoppingList | null>({
    queryKey: KEY,
    queryFn: () => queries.getQueryData<ShoppingList>(KEY) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const change = useMutation({
    mutationFn: async (step: Step) => {
      const open = queries.getQueryData<ShoppingList | null>(KEY) ?? (await make(kilim, market));
      // One id for all tries: sent twice, it is done once.
      const operations = [{ ...step, id: crypto.randomUUID() }];
      return kilim.ask<ChangedList>("POST", `/v1/shopping-lists/${open.id}/operations`, { operations });
    },
    onSuccess: (changed) => queries.setQueryData(KEY, changed),
  });
  const add = (variantId: string) =>
    change.mutate({ op: "add", item_id: crypto.randomUUID(), variant_id: variantId, quantity: 1 });
  const count = list?.items.reduce((sum, item) => sum + item.quantity, 0) ?? 0;
  return { list, count, change, add };
}

/** At the prices of this store: a list costs what its owner's cart would. */
async function make(kilim: Kilim, { currency, region }: Market): Promise<ShoppingList> {
  if (currency) await kilim.cart.choose(currency, region);
  const store = chosenStore();
  const body = { kind: "shopping", origin: "kiosk", ...(store ? { store_id: store } : {}) };
  return kilim.ask<ShoppingList>("POST", "/v1/shopping-lists", body);
}

/** Keeps the list true while an associate changes it from elsewhere, and how far she is with bringing it. */
export function useListKeptTrue(): void {
  const kilim = useKilim();
  const queries = useQueryClient();
  const { list } = useList();
  const id = list?.id;
  useEffect(() => {
    if (!id) return;
    const stopped = new AbortController();
    const watch = async () => {
      while (!stopped.signal.aborted) {
        const known = queries.getQueryData<ShoppingList>(KEY)?.seq ?? 0;
        try {
          await kilim.ask("GET", `/v1/shopping-lists/${id}?after=${known}&wait=${WAIT_S}`);
          if (stopped.signal.aborted) return;
          queries.setQueryData(KEY, await kilim.ask<ShoppingList>("GET", `/v1/shopping-lists/${id}`));
          await queries.invalidateQueries({ queryKey: ["errand", id] });
        } catch {
          // The line is cut, or the list has gone to whoever it was mailed to: look again in a moment.
          await new Promise((done) => setTimeout(done, AGAIN_MS));
        }
      }
    };
    void watch();
    return () => stopped.abort();
  }, [id, kilim, queries]);
}
