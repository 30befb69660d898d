import type { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import facets from "./facets.module.css";
import { ListError } from "./list-error.tsx";
import styles from "./list-page.module.css";
import { ProductGrid } from "./product-grid.tsx";
import type { ProductSummary, SearchAnswer } from "./queries.ts";

type Found = ReturnType<typeof useInfiniteQuery<SearchAnswer>>;

interface ProductListProps {
  readonly found: Pick<Found, "isError" | "refetch" | "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
  readonly products: readonly ProductSummary[] | undefined;
  readonly list: string;
  readonly color: string | undefined;
  readonly none: string;
}

/** The grid, what is said where it is empty, and the way to the rest. */
export function ProductList({ found, products, list, color, none }: ProductListProps) {
  const { t } = useTranslation();
  if (found.isError) return <ListError retry={found.refetch} />;
  return (
    <>
      <ProductGrid products={products} list={list} color={color} />
      {products?.length === 0 && <p className={styles.none}>{none}</p>}
      {found.hasNextPage && (
        <p className={facets.more}>
          <button
            type="button"
            className="button quiet"
            disabled={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t("list.more")}
          </button>
        </p>
      )}
    </>
  );
}
