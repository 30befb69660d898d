import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import styles from "./hero.module.css";
import { Weave } from "./weave.tsx";

export function Hero({ name }: { readonly name: string | null }) {
  const { t } = useTranslation();
  return (
    <section className={styles.hero}>
      <Weave />
      <div className={styles.words}>
        <p>{name ? t("home.hello", { name }) : t("home.kicker")}</p>
        <h1>{t("home.title")}</h1>
        <p className={styles.text}>{t("home.text")}</p>
        <div className={styles.ways}>
          <Link to="/c/$category" params={{ category: "fashion" }} className={styles.way}>
            {t("home.fashion")}
          </Link>
          <Link to="/c/$category" params={{ category: "furniture" }} className={styles.way}>
            {t("home.furniture")}
          </Link>
        </div>
      </div>
    </section>
  );
}
