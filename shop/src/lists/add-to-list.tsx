import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useKilim } from "../kilim.tsx";
import { refusal } from "../refusal.ts";
import { loadLists, makeList, sendStep } from "./api.ts";
import { listName } from "./list-name.ts";
import styles from "./lists.module.css";
import { useWords } from "./words.ts";

interface AddToListProps {
  readonly variantId: string | undefined;
}

type Target = { readonly kind: "wish" | "shopping" } | { readonly id: string };

/** Puts the chosen variant on the wish list, the shopping list or one with a name. */
export default function AddToList({ variantId }: AddToListProps) {
  const { t } = useWords();
  const kilim = useKilim();
  const queries = useQueryClient();
  const [choice, setChoice] = useState("wish");
  const lists = useQuery({ queryKey: ["lists"], queryFn: () => loadLists(kilim) });
  const add = useMutation({
    mutationFn: async (to: Target) => {
      const listId = "id" in to ? to.id : (await makeList(kilim, to.kind)).id;
      await sendStep(kilim, listId, null, {
        op: "add",
        item_id: crypto.randomUUID(),
        variant_id: variantId ?? "",
        quantity: 1,
      });
      return listId;
    },
    onSuccess: async (listId) => {
      for (const key of [["lists"], ["list", listId]]) await queries.invalidateQueries({ queryKey: key });
    },
  });
  const named = lists.data?.items.filter((list) => list.name !== null) ?? [];
  const put = () => add.mutate(choice === "wish" || choice === "shopping" ? { kind: choice } : { id: choice });
  return (
    <div className={styles.add}>
      <select aria-label={t("which")} value={choice} onChange={(event) => setChoice(event.target.value)}>
        <option value="wish">{t("kind.wish")}</option>
        <option value="shopping">{t("kind.shopping")}</option>
        {named.map((list) => (
          <option key={list.id} value={list.id}>
            {listName(t, list)}
          </option>
        ))}
      </select>
      <button type="button" className="button quiet" disabled={!variantId || add.isPending} onClick={put}>
        {t("add")}
      </button>
      <p role="status" className={styles.added}>
        {add.isError && <span className="error">{refusal(t, add.error, t("orders.notDone"))}</span>}
        {add.isSuccess && (
          <Link to="/lists/$list" params={{ list: add.data }} className="link">
            {t("added")}
          </Link>
        )}
      </p>
    </div>
  );
}
