import { ProductCard } from "./product-card.tsx";
import styles from "./product-grid.module.css";
import type { ProductSummary } from "./queries.ts";

interface ProductListProps {
  readonly products: readonly ProductSummary[] | undefined;
  readonly list: string;
  /** The colour the list is filtered by: shown first on every card. */
  readonly color?: string | undefined;
}

const PLACEHOLDERS = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** While products are on their way the grid keeps their place, so nothing jumps. */
export function ProductGrid({ products, list, color }: ProductListProps) {
  return (
    <ul className={styles.grid} aria-busy={!products}>
      {products
        ? products.map((product, index) => (
            <li key={product.id}>
              <ProductCard product={product} list={list} position={index + 1} color={color} />
            </li>
          ))
        : PLACEHOLDERS.map((key) => <li key={key} className={styles.placeholder} />)}
    </ul>
  );
}

/** One row that scrolls sideways under the thumb. */
export function ProductRow({ products, list }: ProductListProps) {
  return (
    <ul className={styles.row}>
      {products?.map((product, index) => (
        <li key={product.id}>
          <ProductCard product={product} list={list} position={index + 1} />
        </li>
      ))}
    </ul>
  );
}
