import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { categoriesQuery } from "../catalog/queries.ts";
import { titleIn } from "../catalog/title-in.ts";
import { useKilim } from "../kilim.tsx";
import styles from "./hero.module.css";
import { Weave } from "./weave.tsx";

export function Hero({ name }: { readonly name: string | null }) {
  const { t, i18n } = useTranslation();
  const categories = useQuery(categoriesQuery(useKilim()));
  const ways = categories.data?.items.filter((category) => category.parent === null);
  return (
    <section className={styles.hero}>
      <Weave />
      <div className={styles.words}>
        <p>{name ? t("home.hello", { name }) : t("home.kicker")}</p>
        <h1>{t("home.title")}</h1>
        <p className={styles.text}>{t("home.text")}</p>
        <div className={styles.ways}>
          {ways?.map((category) => (
            <Link key={category.id} to="/c/$category" params={{ category: category.id }} className={styles.way}>
              {titleIn(i18n.language, category)}
            </Link>
          ))}
        </div>
      </div>
    </section>
  );
}
