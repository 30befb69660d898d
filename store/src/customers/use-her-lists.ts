import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ChangedList, ListKind, ListOperation, ShoppingList } from "../../../server/src/lists/contracts.ts";
import { ask } from "../api/ask.ts";

export interface LineForList {
  readonly variant_id: string;
  readonly title: string;
  readonly quantity: number;
}

/** A list that is not there yet; without a name it is the main one of its kind. `key` makes it be made once. */
export interface NewList {
  readonly kind: ListKind;
  readonly name?: string;
  readonly key: string;
}

/** What an associate does to the lists of the customer in front, under her own name. */
export function useHerLists(customerId: string, storeId: string) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  // One id for all tries on one list: what was put there, and whose answer was lost, is not put there twice.
  const tried = useRef(new Map<string, ListOperation[]>());
  const onSettled = () => queries.invalidateQueries({ queryKey: ["lists"] });

  const make = useMutation({
    mutationFn: ({ key, ...list }: NewList) =>
      ask<ShoppingList>(
        "POST",
        `/v1/profiles/${customerId}/shopping-lists`,
        { ...list, store_id: storeId },
        { "idempotency-key": key },
      ),
    onSettled,
  });
  const put = useMutation({
    mutationFn: async ({ listId, lines }: { readonly listId: string; readonly lines: readonly LineForList[] }) => {
      const operations = tried.current.get(listId) ?? lines.map((line) => adding(line, storeId));
      tried.current.set(listId, operations);
      const { results } = await ask<ChangedList>("POST", `/v1/shopping-lists/${listId}/operations`, { operations });
      const left = lines.filter((_, i) => results[i]?.outcome === "refused");
      if (left.length === 0) return;
      const isFull = results.some(({ code }) => code === "list_full");
      const titles = left.map(({ title }) => title).join(", ");
      throw new Error(t(isFull ? "customer.listFull" : "customer.notListed", { titles }));
    },
    onSettled,
  });
  return { make, put, error: make.error ?? put.error, isPending: make.isPending || put.isPending };
}

function adding({ variant_id, quantity }: LineForList, storeId: string): ListOperation {
  return { op: "add", id: crypto.randomUUID(), item_id: crypto.randomUUID(), variant_id, quantity, store_id: storeId };
}
