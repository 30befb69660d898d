import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Category } from "../../../server/src/catalog/contracts.ts";
import { ListError } from "../catalog/list-error.tsx";
import { ProductRow } from "../catalog/product-grid.tsx";
import { productsQuery } from "../catalog/queries.ts";
import { titleIn } from "../catalog/title-in.ts";
import { useKilim } from "../kilim.tsx";
import { useMarket } from "../market/use-market.ts";
import styles from "./home-page.module.css";

const SHOWN = 10;

/** A department in one row. */
export function Department({ category }: { readonly category: Category }) {
  const { t, i18n } = useTranslation();
  const products = useQuery(productsQuery(useKilim(), { category: category.id }, SHOWN, useMarket()));
  return (
    <section>
      <header className={styles.head}>
        <h2>{titleIn(i18n.language, category)}</h2>
        <Link to="/c/$category" params={{ category: category.id }} className="link">
          {t("home.all")}
        </Link>
      </header>
      {products.isError ? (
        <ListError retry={products.refetch} />
      ) : (
        <ProductRow products={products.data?.items} list={`home_${category.id}`} />
      )}
    </section>
  );
}
