import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import { Price } from "./price.tsx";
import styles from "./product-card.module.css";
import { productFacts } from "./product-facts.ts";
import type { ProductSummary } from "./queries.ts";
import { small } from "./small.ts";
import { Stars } from "./stars.tsx";
import { titleIn } from "./title-in.ts";

interface ProductCardProps {
  readonly product: ProductSummary;
  /** Which list this card stands in, for `Product Clicked`. */
  readonly list: string;
  readonly position: number;
  readonly color?: string | undefined;
}

export function ProductCard({ product, list, position, color }: ProductCardProps) {
  const { i18n, t } = useTranslation();
  const kilim = useKilim();
  const shown = product.swatches.find((swatch) => swatch.name === color);
  return (
    <Link
      to="/p/$product"
      params={{ product: product.id }}
      search={shown ? { variant: `color:${shown.name}` } : {}}
      className={styles.card}
      onClick={() => kilim.track("Product Clicked", { ...productFacts(product), list_id: list, position })}
    >
      <span className={styles.picture}>
        <img
          src={small(shown?.image_url ?? product.image_url)}
          alt=""
          loading={position > 4 ? "lazy" : "eager"}
          width="400"
          height="400"
        />
      </span>
      <span className={styles.facts}>
        <span className={styles.title}>{titleIn(i18n.language, product)}</span>
        <span className={styles.price}>
          <Price price={product.price} was={product.was} />
        </span>
      </span>
      {product.rating && <Stars rating={product.rating.average} count={product.rating.count} />}
      {product.swatches.length > 1 && (
        <span className={styles.colors}>
          {product.swatches.slice(0, 5).map(({ name, hex }) => (
            <span key={name} className={styles.dot} style={{ background: hex ?? undefined }} />
          ))}
          <span className="visually-hidden">{t("product.inColors", { count: product.swatches.length })}</span>
        </span>
      )}
    </Link>
  );
}
