import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../account/use-shopper.ts";
import { useCart } from "../cart/use-cart.ts";
import { CategoryBar } from "./category-bar.tsx";
import styles from "./header.module.css";
import { BagIcon, HeartIcon, PersonIcon } from "./icons.tsx";
import { Logo } from "./logo.tsx";
import { SearchField } from "./search-field.tsx";
import { useScrollsDown } from "./use-scrolls-down.ts";

export function Header() {
  const { t } = useTranslation();
  const { count } = useCart();
  const isHidden = useScrollsDown();
  const isSignedIn = useSignedIn();
  return (
    <header className={styles.header} data-hidden={isHidden}>
      <div className={styles.bar}>
        <Link to="/" aria-label={t("nav.home")}>
          <Logo />
        </Link>
        <SearchField />
        <nav className={styles.tools} aria-label={t("nav.tools")}>
          <Link to="/account" className={styles.tool}>
            <PersonIcon />
            <span className="visually-hidden">{t("nav.account")}</span>
            {isSignedIn && <span className={styles.signedIn} aria-hidden="true" />}
          </Link>
          <Link to="/lists" className={styles.tool}>
            <HeartIcon />
            <span className="visually-hidden">{t("nav.lists")}</span>
          </Link>
          <Link to="/cart" className={styles.tool} data-testid="cart-link">
            <BagIcon />
            <span className="visually-hidden">{t("nav.cart", { count })}</span>
            {count > 0 && (
              <span className={styles.count} aria-hidden="true" data-testid="cart-count">
                {count}
              </span>
            )}
          </Link>
        </nav>
      </div>
      <CategoryBar />
    </header>
  );
}
