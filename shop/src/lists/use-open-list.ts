import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useKilim } from "../kilim.tsx";
import { loadList, type ShoppingList, type Step, sendStep, waitForList } from "./api.ts";

const AGAIN_MS = 2_000;

/**
 * A list that stays true while others change it. A change shows at once and is mended by the answer, which brings what
 * others did meanwhile.
 */
export function useOpenList(id: string, share: string | null = null, authorName?: string) {
  const kilim = useKilim();
  const queries = useQueryClient();
  const key = ["list", id];
  const list = useQuery({ queryKey: key, queryFn: () => loadList(kilim, id, share) });
  const change = useMutation({
    mutationFn: (step: Step) => sendStep(kilim, id, share, step, authorName),
    onMutate: (step) => {
      queries.setQueryData<ShoppingList>(key, (known) => known && foresee(known, step));
    },
    onSuccess: (changed) => queries.setQueryData(key, changed),
    onError: () => queries.invalidateQueries({ queryKey: key }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["lists"] }),
  });
  const isOpen = list.isSuccess;
  useEffect(() => {
    if (!isOpen) return;
    const stopped = new AbortController();
    const watch = async () => {
      while (!stopped.signal.aborted) {
        const seq = queries.getQueryData<ShoppingList>(["list", id])?.seq ?? 0;
        try {
          const news = await waitForList(kilim, id, share, seq);
          if (stopped.signal.aborted) return;
          if (news.seq > seq) await queries.invalidateQueries({ queryKey: ["list", id] });
          await queries.invalidateQueries({ queryKey: ["errand", id] });
        } catch {
          // The line is cut, or the list is not open any more; the next read says which.
          await new Promise((done) => setTimeout(done, AGAIN_MS));
          if (!stopped.signal.aborted) await queries.invalidateQueries({ queryKey: ["list", id] });
        }
      }
    };
    void watch();
    return () => stopped.abort();
  }, [id, share, isOpen, kilim, queries]);
  return { list, change };
}

/** How the list will look; the answer has the last word. */
export function foresee(list: ShoppingList, step: Step): ShoppingList {
  if (step.op === "remove") return { ...list, items: list.items.filter((item) => item.id !== step.item_id) };
  if (step.op !== "change") return list;
  const { op: _, item_id, ...fields } = step;
  return {
    ...list,
    items: list.items.map((item) => (item.id === item_id ? ({ ...item, ...fields } as typeof item) : item)),
  };
}
