import { useTranslation } from "react-i18next";
import styles from "./stars.module.css";

interface StarsProps {
  readonly rating: number;
  readonly count?: number;
}

/** A rating of one to five, and of how many. */
export function Stars({ rating, count }: StarsProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(rating);
  return (
    <span className={styles.stars}>
      <span
        aria-hidden="true"
        className={styles.row}
        style={{ "--part": `${(rating / 5) * 100}%` } as React.CSSProperties}
      >
        ★★★★★
      </span>
      <span className="visually-hidden">{t("reviews.of5", { rating: number })}</span>
      {count !== undefined && <span className="soft small">({count})</span>}
    </span>
  );
}
