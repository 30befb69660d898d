import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import { usePage } from "../layout/use-page.ts";
import { useMarket } from "../market/use-market.ts";
import { Facets } from "./facets.tsx";
import styles from "./list-page.module.css";
import { ProductList } from "./product-list.tsx";
import { searchQuery } from "./queries.ts";
import { withoutEmpty } from "./without-empty.ts";

export function SearchPage() {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const navigate = useNavigate();
  const search = useSearch({ from: "/search" });
  const { q = "", size, color } = search;
  const market = useMarket();
  const found = useInfiniteQuery({
    ...searchQuery(kilim, search, market, i18n.language),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
  usePage(t("search.title", { query: q }));

  const first = found.data?.pages[0];
  const count = first?.total;
  useEffect(() => {
    if (q && count !== undefined) kilim.track("Products Searched", { query: q, results: count, size, color });
  }, [kilim, q, size, color, count]);

  return (
    <div className="page">
      <header className={styles.head}>
        <h1>{t("search.title", { query: q })}</h1>
        <p className="soft" role="status">
          {count === undefined ? " " : t("list.count", { count })}
        </p>
      </header>
      {first?.corrected && <p className={styles.corrected}>{t("search.corrected", { words: first.corrected })}</p>}
      <Facets
        answer={first}
        chosen={search}
        onChoose={(change) =>
          void navigate({
            to: "/search",
            search: withoutEmpty({ ...search, ...change }),
            replace: true,
            resetScroll: false,
            viewTransition: false,
          })
        }
      />
      <ProductList
        found={found}
        products={found.data?.pages.flatMap((page) => page.items)}
        list="search"
        color={color}
        none={t("search.none")}
      />
    </div>
  );
}
