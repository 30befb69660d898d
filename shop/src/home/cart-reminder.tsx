import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCart } from "../cart/use-cart.ts";
import { small } from "../catalog/small.ts";
import { titleIn } from "../catalog/title-in.ts";
import styles from "./home-page.module.css";

/** What still waits in the cart, whichever device put it there. */
export function CartReminder() {
  const { t, i18n } = useTranslation();
  const { cart } = useCart();
  const newest = cart?.items.at(-1);
  if (!cart || !newest) return null;
  return (
    <Link to="/cart" className={styles.reminder} data-testid="cart-reminder">
      <img src={small(newest.image_url)} alt="" width="56" height="56" />
      <span>
        <strong>{titleIn(i18n.language, newest)}</strong>
        <span className="soft small">
          {cart.items.length > 1 ? t("home.cartMore", { count: cart.items.length - 1 }) : t("home.cartOne")}
        </span>
      </span>
      <span className="link">{t("home.toCart")}</span>
    </Link>
  );
}
