import { useTranslation } from "react-i18next";
import styles from "./availability.module.css";

/** From here on the exact number is worth saying. */
const FEW = 5;

export function StockLevel({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const level = count <= 0 ? "none" : count <= FEW ? "few" : "many";
  // The key makes a changed number flash.
  return (
    <span key={count} className={styles.level} data-level={level}>
      {level === "none" ? t("stock.soldOut") : level === "few" ? t("stock.few", { count }) : t("stock.many")}
    </span>
  );
}
