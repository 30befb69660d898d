import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../account/use-shopper.ts";
import { useCart } from "../cart/use-cart.ts";
import { categoriesQuery } from "../catalog/queries.ts";
import { titleIn } from "../catalog/title-in.ts";
import { useKilim } from "../kilim.tsx";
import styles from "./header.module.css";
import { BagIcon, PersonIcon, SearchIcon } from "./icons.tsx";
import { Logo } from "./logo.tsx";

export function Header() {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const categories = useQuery(categoriesQuery(kilim));
  const { count } = useCart();
  const isSignedIn = useSignedIn();
  return (
    <header className={styles.header}>
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
      <nav className={styles.categories} aria-label={t("nav.categories")}>
        {categories.data?.items.map((category) => (
          <Link
            key={category.id}
            to="/c/$category"
            params={{ category: category.id }}
            activeProps={{ className: styles.current ?? "" }}
          >
            {titleIn(i18n.language, category)}
          </Link>
        ))}
      </nav>
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
