import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import { NotFound } from "../layout/not-found.tsx";
import { usePage } from "../layout/use-page.ts";
import { useMarket } from "../market/use-market.ts";
import { Facets } from "./facets.tsx";
import styles from "./list-page.module.css";
import { productFacts } from "./product-facts.ts";
import { ProductList } from "./product-list.tsx";
import { categoriesQuery, searchQuery } from "./queries.ts";
import { titleIn } from "./title-in.ts";
import { withoutEmpty } from "./without-empty.ts";

/** The facts of the first rows are enough for a list view; an event may weigh 32 kB at most. */
const MOST_LISTED = 12;

export function CategoryPage() {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const navigate = useNavigate();
  const { category } = useParams({ from: "/c/$category" });
  const search = useSearch({ from: "/c/$category" });
  const categories = useQuery(categoriesQuery(kilim));
  const market = useMarket();
  const found = useInfiniteQuery({
    ...searchQuery(kilim, { category, ...search }, market, i18n.language),
    placeholderData: keepPreviousData,
  });
  const { size, color } = search;

  const known = categories.data?.items.find((item) => item.id === category);
  const name = known && titleIn(i18n.language, known);
  usePage(name);

  const first = found.data?.pages[0];
  useEffect(() => {
    if (!first) return;
    const filters = [
      ...(size ? [{ type: "size", value: size }] : []),
      ...(color ? [{ type: "color", value: color }] : []),
    ];
    kilim.track(filters.length > 0 ? "Product List Filtered" : "Product List Viewed", {
      list_id: category,
      category,
      ...(filters.length > 0 ? { filters } : {}),
      products: first.items.slice(0, MOST_LISTED).map((product) => productFacts(product)),
    });
  }, [kilim, category, size, color, first]);

  if (categories.isSuccess && !known) return <NotFound />;
  return (
    <div className="page">
      <header className={styles.head}>
        <h1>{name}</h1>
        <p className="soft" role="status">
          {first ? t("list.count", { count: first.total }) : " "}
        </p>
      </header>
      <Facets
        answer={first}
        chosen={search}
        onChoose={(change) =>
          void navigate({
            to: "/c/$category",
            params: { category },
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
        list={category}
        color={color}
        none={t("list.none")}
      />
    </div>
  );
}
