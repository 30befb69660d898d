import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { categoriesQuery } from "../catalog/queries.ts";
import { small } from "../catalog/small.ts";
import { titleIn } from "../catalog/title-in.ts";
import { useKilim } from "../kilim.tsx";
import styles from "./home-page.module.css";

export function CategoryTiles() {
  const { t, i18n } = useTranslation();
  const categories = useQuery(categoriesQuery(useKilim()));
  const leaves = categories.data?.items.filter((category) => category.parent !== null);
  return (
    <section>
      <h2>{t("home.categories")}</h2>
      <ul className={styles.tiles}>
        {leaves?.map((category) => (
          <li key={category.id}>
            <Link to="/c/$category" params={{ category: category.id }} className={styles.tile}>
              <span>{titleIn(i18n.language, category)}</span>
              {category.image_url && (
                <img src={small(category.image_url)} alt="" loading="lazy" width="84" height="84" />
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
