import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../account/use-shopper.ts";
import { useCart } from "../cart/use-cart.ts";
import { CategoryBar } from "./category-bar.tsx";
import styles from "./header.module.css";
import { BagIcon, HeartIcon, PersonIcon, SearchIcon } from "./icons.tsx";
import { Logo } from "./logo.tsx";
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

function SearchField() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  return (
    <search className={styles.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const q = text.trim();
          if (q) void navigate({ to: "/search", search: { q } });
        }}
      >
        <SearchIcon size={20} />
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t("search.placeholder")}
          aria-label={t("search.label")}
          enterKeyHint="search"
        />
      </form>
    </search>
  );
}
