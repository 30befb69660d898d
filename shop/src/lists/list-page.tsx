import { KilimError } from "@kilim/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useRef } from "react";
import { useKilim } from "../kilim.tsx";
import { NotFound } from "../layout/not-found.tsx";
import { usePage } from "../layout/use-page.ts";
import { refusal } from "../refusal.ts";
import { deleteList, renameList } from "./api.ts";
import { BringIt } from "./bring-it.tsx";
import { ListItems } from "./list-items.tsx";
import { listName } from "./list-name.ts";
import styles from "./lists.module.css";
import { SharePanel } from "./share-panel.tsx";
import { useOpenList } from "./use-open-list.ts";
import { useWords } from "./words.ts";

export function ListPage() {
  const { t } = useWords();
  const { list: id } = useParams({ from: "/lists/$list" });
  const { list, change } = useOpenList(id);
  const name = list.data ? listName(t, list.data) : "";
  usePage(name);
  if (list.error instanceof KilimError && list.error.status === 404) return <NotFound />;
  if (!list.data) return <div className="page" />;
  return (
    <div className="page stack">
      <nav aria-label={t("nav.crumbs", { ns: "translation" })}>
        <Link to="/lists">‹ {t("title")}</Link>
      </nav>
      <header className={styles.head}>
        <div>
          <h1>{name}</h1>
          <p className="soft">{t("count", { count: list.data.count })}</p>
        </div>
        {list.data.name !== null && <Manage id={id} name={list.data.name} />}
      </header>
      <ListItems list={list.data} change={change} share={null} />
      {list.data.items.length > 0 && (
        <div className={styles.panels}>
          <SharePanel listId={id} />
          <BringIt listId={id} />
        </div>
      )}
    </div>
  );
}

/** Another name, or away with it; the second asks, because it cannot be undone. */
function Manage({ id, name }: { readonly id: string; readonly name: string }) {
  const { t } = useWords();
  const kilim = useKilim();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const rename = useMutation({
    mutationFn: (next: string) => renameList(kilim, id, next),
    onSuccess: (list) => {
      queries.setQueryData(["list", id], list);
      return queries.invalidateQueries({ queryKey: ["lists"] });
    },
  });
  const remove = useMutation({
    mutationFn: () => deleteList(kilim, id),
    onSuccess: async () => {
      dialog.current?.close();
      await navigate({ to: "/lists" });
      queries.removeQueries({ queryKey: ["list", id] });
      await queries.invalidateQueries({ queryKey: ["lists"] });
    },
  });
  const refused = rename.error ?? remove.error;
  return (
    <>
      <button type="button" className="button quiet" onClick={() => dialog.current?.showModal()}>
        {t("manage")}
      </button>
      <dialog ref={dialog} className={styles.dialog} aria-label={t("manage")}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            rename.mutate(String(new FormData(event.currentTarget).get("name") ?? ""), {
              onSuccess: () => dialog.current?.close(),
            });
          }}
        >
          <label className="field">
            {t("name")}
            <input name="name" required maxLength={120} defaultValue={name} />
          </label>
          {refused && <p className="error">{refusal(t, refused, t("orders.notDone"))}</p>}
          <button type="submit" className="button" disabled={rename.isPending}>
            {t("save")}
          </button>
          <p className="soft small">{t("deleteText")}</p>
          <button type="button" className="button quiet" disabled={remove.isPending} onClick={() => remove.mutate()}>
            {t("delete")}
          </button>
          <button type="button" className="link" onClick={() => dialog.current?.close()}>
            {t("close")}
          </button>
        </form>
      </dialog>
    </>
  );
}
