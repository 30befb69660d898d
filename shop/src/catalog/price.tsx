import { formatMoney, type Money } from "@kilim/sdk";
import { useTranslation } from "react-i18next";
import styles from "./price.module.css";

interface PriceProps {
  readonly price: Money;
  readonly was: Money | null;
}

/** What it costs, and what it cost where it is reduced. */
export function Price({ price, was }: PriceProps) {
  const { t, i18n } = useTranslation();
  if (!was) return <>{formatMoney(price, i18n.language, true)}</>;
  return (
    <>
      <span className="visually-hidden">{t("product.now")} </span>
      <span className={styles.reduced}>{formatMoney(price, i18n.language, true)}</span>{" "}
      <s className={styles.was}>
        <span className="visually-hidden">{t("product.was")} </span>
        {formatMoney(was, i18n.language, true)}
      </s>
    </>
  );
}
