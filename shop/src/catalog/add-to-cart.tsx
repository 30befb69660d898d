import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCart } from "../cart/use-cart.ts";
import { CheckIcon } from "../layout/icons.tsx";
import { useMarket } from "../market/use-market.ts";
import { refusal } from "../refusal.ts";
import styles from "./product-page.module.css";
import type { Variant, VariantAvailability } from "./queries.ts";

interface AddToCartProps {
  readonly variant: Variant | undefined;
  readonly stock: readonly VariantAvailability[] | undefined;
}

export function AddToCart({ variant, stock }: AddToCartProps) {
  const { t } = useTranslation();
  const { add } = useCart();
  const [hasAsked, setHasAsked] = useState(false);
  const web = stock?.find((item) => item.variant_id === variant?.id)?.web;
  const isSoldOut = web !== undefined && web <= 0;
  const { currency } = useMarket();
  const isSoldHere = !variant || currency === undefined || variant.price.currency === currency;
  const hasAdded = add.isSuccess && add.variables.variantId === variant?.id;

  const put = () => {
    if (!variant) return setHasAsked(true);
    add.mutate({ variantId: variant.id, quantity: 1 });
  };
  return (
    <div className={styles.buy}>
      <button
        type="button"
        className="button accent wide"
        onClick={put}
        disabled={isSoldOut || !isSoldHere || add.isPending}
      >
        {isSoldOut ? t("stock.soldOut") : t("product.add")}
      </button>
      <p role="status" className={styles.answer}>
        {!isSoldHere && <span className="soft">{t("notSold.not_in_currency")}</span>}
        {!variant && hasAsked && <span className="error">{t("product.chooseSize")}</span>}
        {add.isError && <span className="error">{refusal(t, add.error, t("error.cart"))}</span>}
        {hasAdded && (
          <>
            <CheckIcon /> {t("product.added")}{" "}
            <Link to="/cart" className="link">
              {t("product.toCart")}
            </Link>
          </>
        )}
      </p>
    </div>
  );
}
