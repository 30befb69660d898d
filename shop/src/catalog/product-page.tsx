import { KilimError } from "@kilim/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import { NotFound } from "../layout/not-found.tsx";
import { usePage } from "../layout/use-page.ts";
import { useMarket } from "../market/use-market.ts";
import { AddToCart } from "./add-to-cart.tsx";
import { Availability } from "./availability.tsx";
import { CategoryTitle } from "./category-title.tsx";
import { Details } from "./details.tsx";
import { Gallery } from "./gallery.tsx";
import { ListError } from "./list-error.tsx";
import { Price } from "./price.tsx";
import { productFacts } from "./product-facts.ts";
import { ProductRow } from "./product-grid.tsx";
import styles from "./product-page.module.css";
import { availabilityQuery, type Product, productQuery, sizesQuery } from "./queries.ts";
import { ReviewList } from "./reviews.tsx";
import { Stars } from "./stars.tsx";
import { titleIn } from "./title-in.ts";
import { VariantChoice } from "./variant-choice.tsx";
import { chosenVariant, startChoice } from "./variants.ts";

const AddToList = lazy(() => import("../lists/add-to-list.tsx"));

export function ProductPage() {
  const { product: id } = useParams({ from: "/p/$product" });
  const product = useQuery({ ...productQuery(useKilim(), id, useMarket()), placeholderData: keepPreviousOf(id) });
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

/** Prices of another market come into the page as it stands; another product begins anew. */
const keepPreviousOf = (id: string) => (before: Product | undefined) => (before?.id === id ? before : undefined);

function LoadedProduct({ product }: { readonly product: Product }) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const navigate = useNavigate();
  const search = useSearch({ from: "/p/$product" });
  const own = useQuery(sizesQuery(kilim)).data?.[product.category];
  const choice = startChoice(product.variants, search.variant, own);
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
        <Gallery product={product} title={title} first={shown?.image_url ?? product.image_url} />
        <div className={styles.facts}>
          <header className={styles.head}>
            <p className="soft small">{product.brand}</p>
            <h1>{title}</h1>
            {product.rating && (
              <a href="#reviews" className={styles.rating}>
                <Stars rating={product.rating.average} count={product.rating.count} />
              </a>
            )}
            <p className={styles.price}>
              <Price price={shown?.price ?? product.price} was={shown ? shown.was : product.was} />
            </p>
          </header>
          <VariantChoice
            variants={product.variants}
            stock={stock}
            choice={choice}
            own={own}
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
          <Details product={product} variant={variant} />
        </div>
      </article>
      {product.complementary.length > 0 && (
        <section className={styles.related}>
          <h2>{t("product.complementary")}</h2>
          <ProductRow products={product.complementary} list="complementary" />
        </section>
      )}
      {product.related.length > 0 && (
        <section className={styles.related}>
          <h2>{t("product.related")}</h2>
          <ProductRow products={product.related} list="related" />
        </section>
      )}
      <ReviewList productId={product.id} />
    </div>
  );
}
