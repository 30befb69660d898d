import { useTranslation } from "react-i18next";
import styles from "./product-page.module.css";
import type { Product, Variant } from "./queries.ts";

interface DetailsProps {
  readonly product: Product;
  readonly variant: Variant | undefined;
}

const KILO = 1000;

/** Measures, weight, cloth and codes: what is known of it. */
export function Details({ product, variant }: DetailsProps) {
  const { t, i18n } = useTranslation();
  const { width_mm, depth_mm, height_mm, weight_g } = { ...product.dimensions, ...variant?.dimensions };
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(i18n.language, { style: "unit", unit: name, maximumFractionDigits: 1 }).format(value);
  const length = (mm: number | undefined) => (mm === undefined ? null : unit(mm / 10, "centimeter"));
  const weight =
    weight_g === undefined ? null : weight_g < KILO ? unit(weight_g, "gram") : unit(weight_g / KILO, "kilogram");
  const facts = [
    [t("product.materials"), product.materials.join(", ") || null],
    [t("product.width"), length(width_mm)],
    [t("product.depth"), length(depth_mm)],
    [t("product.height"), length(height_mm)],
    [t("product.weight"), weight],
    [t("product.sku"), variant?.sku ?? null],
  ].filter(([, value]) => value !== null);
  if (facts.length === 0) return null;
  return (
    <dl className={styles.details}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
