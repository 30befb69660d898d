import type { UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import { refusal } from "../refusal.ts";
import type { ListItem, ShoppingList, Step } from "./api.ts";
import { ListLine } from "./list-line.tsx";
import styles from "./lists.module.css";
import { useWords } from "./words.ts";

interface ListItemsProps {
  readonly list: ShoppingList;
  readonly change: UseMutationResult<unknown, Error, Step, unknown>;
  /** The link by which the reader came, if she did. */
  readonly share: string | null;
}

/** What is on a list; whoever may change it takes things off and puts them back. */
export function ListItems({ list, change, share }: ListItemsProps) {
  const { t } = useWords();
  const [gone, setGone] = useState<ListItem | null>(null);
  const mayEdit = list.right !== "read";
  return (
    <>
      {change.isError && (
        <p className="error" role="alert">
          {refusal(t, change.error, t("orders.notDone"))}
        </p>
      )}
      <p role="status" className={styles.undo}>
        {gone && (
          <>
            {t("removed")}{" "}
            <button
              type="button"
              className="link"
              onClick={() => {
                change.mutate({ op: "restore", item_id: gone.id });
                setGone(null);
              }}
            >
              {t("undo")}
            </button>
          </>
        )}
      </p>
      {list.items.length === 0 && <p className="soft">{t("empty")}</p>}
      <ul>
        {list.items.map((item) => (
          <ListLine
            key={item.id}
            listId={list.id}
            item={item}
            mayEdit={mayEdit}
            share={share}
            onStep={(step) => change.mutate(step)}
            onRemove={() => {
              setGone(item);
              change.mutate({ op: "remove", item_id: item.id });
            }}
          />
        ))}
      </ul>
    </>
  );
}
