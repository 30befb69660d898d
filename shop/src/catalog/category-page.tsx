import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import { NotFound } from "../layout/not-found.tsx";
import { usePage } from "../layout/use-page.ts";
import { Filters } from "./filters.tsx";
import { ListError } from "./list-error.tsx";
import styles from "./list-page.module.css";
import { productFacts } from "./product-facts.ts";
import { ProductGrid } from "./product-grid.tsx";
import { categoriesQuery, productsQuery } from "./queries.ts";
import { titleIn } from "./title-in.ts";

/** The facts of the first rows are enough for a list view; an event may weigh 32 kB at most. */
const MOST_LISTED = 12;

export function CategoryPage() {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const navigate = useNavigate();
  const { category } = useParams({ from: "/c/$category" });
  const { size, color } = useSearch({ from: "/c/$category" });
  const categories = useQuery(categoriesQuery(kilim));
  const all = useQuery(productsQuery(kilim, { category }));
  const found = useQuery(productsQuery(kilim, { category, size, color }));

  const known = categories.data?.items.find((item) => item.id === category);
  const name = known && titleIn(i18n.language, known);
  usePage(name);

  const products = found.data?.items;
  useEffect(() => {
    if (!products) return;
    const filters = [
      ...(size ? [{ type: "size", value: size }] : []),
      ...(color ? [{ type: "color", value: color }] : []),
    ];
    kilim.track(filters.length > 0 ? "Product List Filtered" : "Product List Viewed", {
      list_id: category,
      category,
      ...(filters.length > 0 ? { filters } : {}),
      products: products.slice(0, MOST_LISTED).map((product) => productFacts(product)),
    });
  }, [kilim, category, size, color, products]);

  if (categories.isSuccess && !known) return <NotFound />;
  return (
    <div className="page">
      <header className={styles.head}>
        <h1>{name}</h1>
        <p className="soft">{products ? t("list.count", { count: products.length }) : " "}</p>
      </header>
      <Filters
        products={all.data?.items ?? []}
        chosen={{ size, color }}
        onChoose={(search) =>
          void navigate({ to: "/c/$category", params: { category }, search, replace: true, resetScroll: false })
        }
      />
      {found.isError ? (
        <ListError retry={found.refetch} />
      ) : (
        <ProductGrid products={products} list={category} color={color} />
      )}
      {products?.length === 0 && <p className={styles.none}>{t("list.none")}</p>}
    </div>
  );
}
