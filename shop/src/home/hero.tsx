import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { categoriesQuery } from "../catalog/queries.ts";
import { titleIn } from "../catalog/title-in.ts";
import { useKilim } from "../kilim.tsx";
import type { HeroContent } from "./decisions.ts";
import styles from "./hero.module.css";
import { Weave } from "./weave.tsx";

interface HeroProps {
  readonly name: string | null;
  readonly content: HeroContent | undefined;
}

/** The shop's own words, or those a rule has for these people. */
export function Hero({ name, content }: HeroProps) {
  const { t, i18n } = useTranslation();
  const categories = useQuery(categoriesQuery(useKilim()));
  const ways = categories.data?.items.filter((category) => category.parent === null);
  return (
    <section className={styles.hero}>
      <Weave />
      <div className={styles.words}>
        <p>{name ? t("home.hello", { name }) : t("home.kicker")}</p>
        <h1>{content?.title?.[i18n.language] ?? content?.title?.en ?? t("home.title")}</h1>
        <p className={styles.text}>{content?.text?.[i18n.language] ?? content?.text?.en ?? t("home.text")}</p>
        <div className={styles.ways}>
          {content?.href && (
            <a href={content.href} className={styles.way}>
              {t("home.more")}
            </a>
          )}
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
