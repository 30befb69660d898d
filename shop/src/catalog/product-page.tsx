import { formatMoney, KilimError } from "@kilim/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import { NotFound } from "../layout/not-found.tsx";
import { usePage } from "../layout/use-page.ts";
import { AddToCart } from "./add-to-cart.tsx";
import { Availability } from "./availability.tsx";
import { CategoryTitle } from "./category-title.tsx";
import { ListError } from "./list-error.tsx";
import { productFacts } from "./product-facts.ts";
import { ProductRow } from "./product-grid.tsx";
import styles from "./product-page.module.css";
import { availabilityQuery, type Product, productQuery } from "./queries.ts";
import { titleIn } from "./title-in.ts";
import { VariantChoice } from "./variant-choice.tsx";
import { chosenVariant, startChoice } from "./variants.ts";

const AddToList = lazy(() => import("../lists/add-to-list.tsx"));

export function ProductPage() {
  const { product: id } = useParams({ from: "/p/$product" });
  const product = useQuery(productQuery(useKilim(), id));
  if (product.error instanceof KilimError && product.error.status < 500 && product.error.status > 0)
    return <NotFound />;
  if (product.isError) {
    return (
      <div className="page">
        <ListError retry={product.refetch} />
      </div>
    );
  }
  return product.data ? <LoadedProduct key={id} product={product.data} /> : <div className={styles.waiting} />;
}

function LoadedProduct({ product }: { readonly product: Product }) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const navigate = useNavigate();
  const search = useSearch({ from: "/p/$product" });
  const choice = startChoice(product.variants, search.variant);
  const variant = chosenVariant(product.variants, choice);
  const shown = variant ?? product.variants.find((other) => other.color === choice.color);
  const availability = useQuery(availabilityQuery(kilim, product.id));
  const stock = availability.data?.items;
  const title = titleIn(i18n.language, product);
  usePage(title);

  useEffect(() => {
    kilim.track("Product Viewed", { ...productFacts(product), value: productFacts(product).price });
  }, [kilim, product]);

  return (
    <div className="page">
      <nav className={styles.crumbs} aria-label={t("nav.crumbs")}>
        <Link to="/c/$category" params={{ category: product.category }}>
          ‹ <CategoryTitle id={product.category} />
        </Link>
      </nav>
      <article className={styles.product}>
        <div className={styles.picture}>
          <img src={shown?.image_url ?? product.image_url} alt={title} width="800" height="800" />
        </div>
        <div className={styles.facts}>
          <header className={styles.head}>
            <p className="soft small">{product.brand}</p>
            <h1>{title}</h1>
            <p className={styles.price}>{formatMoney(shown?.price ?? product.price, i18n.language)}</p>
          </header>
          <VariantChoice
            variants={product.variants}
            stock={stock}
            choice={choice}
            onChoose={(next) =>
              void navigate({
                to: "/p/$product",
                params: { product: product.id },
                search: { variant: next },
                replace: true,
                resetScroll: false,
                viewTransition: false,
              })
            }
          />
          <AddToCart variant={variant} stock={stock} />
          <Suspense>
            <AddToList variantId={variant?.id} />
          </Suspense>
          <Availability variant={variant} stock={stock} />
          <p className={styles.description}>{product.descriptions[i18n.language] ?? product.description}</p>
        </div>
      </article>
      {product.related.length > 0 && (
        <section className={styles.related}>
          <h2>{t("product.related")}</h2>
          <ProductRow products={product.related} list="related" />
        </section>
      )}
    </div>
  );
}
