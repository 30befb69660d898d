import { formatMoney } from "@kilim/sdk";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../account/use-shopper.ts";
import { useKilim } from "../kilim.tsx";
import { usePage } from "../layout/use-page.ts";
import { cartFacts } from "./cart-facts.ts";
import { CartLine } from "./cart-line.tsx";
import styles from "./cart-page.module.css";
import { useCart } from "./use-cart.ts";

export function CartPage() {
  const { t, i18n } = useTranslation();
  const { cart, set, say } = useCart();
  const isSignedIn = useSignedIn();
  usePage(t("cart.title"));

  const kilim = useKilim();
  const hasViewed = useRef(false);
  useEffect(() => {
    if (!cart || hasViewed.current) return;
    hasViewed.current = true;
    kilim.track("Cart Viewed", cartFacts(cart));
  }, [kilim, cart]);

  if (!cart) return <div className="page" />;
  if (cart.items.length === 0) {
    return (
      <div className="page narrow stack">
        <h1>{t("cart.empty")}</h1>
        <p className="soft">{isSignedIn ? t("cart.emptyText") : t("cart.emptySignIn")}</p>
        <p className={styles.ways}>
          <Link to="/" className="button">
            {t("cart.look")}
          </Link>
          {!isSignedIn && (
            <Link to="/account" className="button quiet">
              {t("account.signIn")}
            </Link>
          )}
        </p>
      </div>
    );
  }
  return (
    <div className="page">
      <h1>{t("cart.title")}</h1>
      <div className={styles.cart}>
        <ul className={styles.lines}>
          {cart.items.map((item) => (
            <CartLine
              key={item.variant_id}
              item={item}
              isBusy={set.isPending}
              onQuantity={(quantity) => set.mutate({ variantId: item.variant_id, quantity })}
              onSay={(beside) => say.mutate({ variantId: item.variant_id, ...beside })}
            />
          ))}
        </ul>
        <aside className={styles.sum}>
          {(set.isError || say.isError) && <p className="error">{t("error.cart")}</p>}
          <p className={styles.total}>
            <span>{t("cart.total")}</span>
            <strong>{formatMoney({ amount: cart.total, currency: cart.currency }, i18n.language)}</strong>
          </p>
          <Link to="/checkout" className="button accent wide">
            {t("cart.checkout")}
          </Link>
          <p className="soft small">{isSignedIn ? t("cart.everywhere") : t("cart.signInHint")}</p>
        </aside>
      </div>
    </div>
  );
}
