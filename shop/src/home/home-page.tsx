import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useShopper } from "../account/use-shopper.ts";
import { CategoryTitle } from "../catalog/category-title.tsx";
import { ProductRow } from "../catalog/product-grid.tsx";
import { categoriesQuery } from "../catalog/queries.ts";
import { useKilim } from "../kilim.tsx";
import { usePage } from "../layout/use-page.ts";
import { useMarket } from "../market/use-market.ts";
import { CartReminder } from "./cart-reminder.tsx";
import { CategoryTiles } from "./category-tiles.tsx";
import { homeQuery } from "./decisions.ts";
import { Department } from "./department.tsx";
import { Hero } from "./hero.tsx";
import styles from "./home-page.module.css";

export function HomePage() {
  const { t } = useTranslation();
  const kilim = useKilim();
  const home = useQuery(homeQuery(kilim, useMarket()));
  const categories = useQuery(categoriesQuery(kilim)).data?.items;
  const departments = categories?.filter((category) => category.parent === null);
  const name = useShopper().data?.first_name;
  usePage("");

  const last = home.data?.home_last_category;
  const viewed = home.data?.recently_viewed?.items ?? [];
  return (
    <div className={styles.home}>
      <Hero name={name ?? null} content={home.data?.home_hero} />
      <CartReminder />
      {last?.category && last.items.length > 0 && (
        <section data-testid="last-category">
          <header className={styles.head}>
            <div>
              <p className="soft small">{t("home.continue")}</p>
              <h2>
                <CategoryTitle id={last.category} />
              </h2>
            </div>
            <Link to="/c/$category" params={{ category: last.category }} className="link">
              {t("home.all")}
            </Link>
          </header>
          <ProductRow products={last.items} list="home_last_category" />
        </section>
      )}
      {viewed.length > 0 && (
        <section data-testid="recently-viewed">
          <h2>{t("home.viewed")}</h2>
          <ProductRow products={viewed} list="recently_viewed" />
        </section>
      )}
      {categories?.length === 0 ? <p className="soft">{t("home.noProducts")}</p> : <CategoryTiles />}
      {departments?.map((department) => (
        <Department key={department.id} category={department} />
      ))}
    </div>
  );
}
