import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSignedIn } from "../account/use-shopper.ts";
import { ListError } from "../catalog/list-error.tsx";
import { useKilim } from "../kilim.tsx";
import { usePage } from "../layout/use-page.ts";
import { refusal } from "../refusal.ts";
import { loadLists, makeList } from "./api.ts";
import { listName } from "./list-name.ts";
import styles from "./lists.module.css";
import { useWords } from "./words.ts";

export function ListsPage() {
  const { t } = useWords();
  const kilim = useKilim();
  const isSignedIn = useSignedIn();
  const lists = useQuery({ queryKey: ["lists"], queryFn: () => loadLists(kilim) });
  usePage(t("title"));
  return (
    <div className="page stack">
      <header>
        <h1>{t("title")}</h1>
        {!isSignedIn && (
          <p className="soft">
            {t("signInHint")}{" "}
            <Link to="/account" className="link">
              {t("account.signIn", { ns: "translation" })}
            </Link>
          </p>
        )}
      </header>
      {lists.isError && <ListError retry={lists.refetch} />}
      {lists.data?.items.length === 0 && <p className="soft">{t("none")}</p>}
      <ul className={styles.lists}>
        {lists.data?.items.map((list) => (
          <li key={list.id}>
            <Link to="/lists/$list" params={{ list: list.id }} className={styles.card} data-testid="list">
              <span className={styles.pictures} aria-hidden="true">
                {list.image_urls.map((url) => (
                  <img key={url} src={url} alt="" width="64" height="64" loading="lazy" />
                ))}
              </span>
              <strong>{listName(t, list)}</strong>
              <span className="soft small">{t("count", { count: list.count })}</span>
            </Link>
          </li>
        ))}
      </ul>
      <NewList />
    </div>
  );
}

function NewList() {
  const { t } = useWords();
  const kilim = useKilim();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<"wish" | "shopping">("shopping");
  const make = useMutation({
    mutationFn: (called: string) => makeList(kilim, kind, called),
    onSuccess: async (list) => {
      await queries.invalidateQueries({ queryKey: ["lists"] });
      await navigate({ to: "/lists/$list", params: { list: list.id } });
    },
  });
  return (
    <form
      className={styles.new}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate(name.trim());
      }}
    >
      <h2>{t("new")}</h2>
      <label className="field">
        {t("name")}
        <input name="list-name" required maxLength={120} value={name} onChange={(e) => setName(e.target.value)} />
      </label>
      <label className="field">
        {t("kindOf")}
        <select value={kind} onChange={(e) => setKind(e.target.value === "wish" ? "wish" : "shopping")}>
          <option value="shopping">{t("kind.shopping")}</option>
          <option value="wish">{t("kind.wish")}</option>
        </select>
      </label>
      {make.isError && <p className="error">{refusal(t, make.error, t("orders.notDone"))}</p>}
      <button type="submit" className="button" disabled={make.isPending}>
        {t("make")}
      </button>
    </form>
  );
}
