import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { categoriesQuery } from "../catalog/queries.ts";
import { titleIn } from "../catalog/title-in.ts";
import { useKilim } from "../kilim.tsx";
import styles from "./header.module.css";

/** The departments, and inside one of them its categories. */
export function CategoryBar() {
  const { t, i18n } = useTranslation();
  const categories = useQuery(categoriesQuery(useKilim())).data?.items ?? [];
  const { category: current } = useParams({ strict: false });
  const department = categories.find((item) => item.id === current)?.parent ?? current;
  const shown = categories.filter((item) => item.parent === null || item.parent === department);
  const ordered = shown
    .filter((item) => item.parent === null)
    .flatMap((item) => [item, ...shown.filter((child) => child.parent === item.id)]);
  return (
    <nav className={styles.categories} aria-label={t("nav.categories")}>
      {ordered.map((category) => (
        <Link
          key={category.id}
          to="/c/$category"
          params={{ category: category.id }}
          className={category.parent === null ? styles.department : undefined}
          activeProps={{ className: styles.current ?? "" }}
          activeOptions={{ includeSearch: false }}
        >
          {titleIn(i18n.language, category)}
        </Link>
      ))}
    </nav>
  );
}
