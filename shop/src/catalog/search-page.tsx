import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import { usePage } from "../layout/use-page.ts";
import { Filters } from "./filters.tsx";
import { ListError } from "./list-error.tsx";
import styles from "./list-page.module.css";
import { ProductGrid } from "./product-grid.tsx";
import { productsQuery } from "./queries.ts";

export function SearchPage() {
  const { t } = useTranslation();
  const kilim = useKilim();
  const navigate = useNavigate();
  const { q = "", size, color } = useSearch({ from: "/search" });
  const all = useQuery({ ...productsQuery(kilim, { q }), enabled: q !== "" });
  const found = useQuery({ ...productsQuery(kilim, { q, size, color }), enabled: q !== "" });
  usePage(t("search.title", { query: q }));

  const count = found.data?.items.length;
  useEffect(() => {
    if (q && count !== undefined) kilim.track("Products Searched", { query: q, results: count, size, color });
  }, [kilim, q, size, color, count]);

  return (
    <div className="page">
      <header className={styles.head}>
        <h1>{t("search.title", { query: q })}</h1>
        <p className="soft">{count === undefined ? " " : t("list.count", { count })}</p>
      </header>
      <Filters
        products={all.data?.items ?? []}
        chosen={{ size, color }}
        onChoose={(search) =>
          void navigate({ to: "/search", search: { q, ...search }, replace: true, resetScroll: false })
        }
      />
      {found.isError ? (
        <ListError retry={found.refetch} />
      ) : (
        <ProductGrid products={found.data?.items} list="search" color={color} />
      )}
      {count === 0 && <p className={styles.none}>{t("search.none")}</p>}
    </div>
  );
}
