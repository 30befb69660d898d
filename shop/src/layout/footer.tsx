import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { storesQuery } from "../catalog/queries.ts";
import { changeLanguage, LANGUAGES, type Language, rememberLanguage } from "../i18n.ts";
import { useKilim } from "../kilim.tsx";
import { MarketChoice } from "../market/market-choice.tsx";
import { choose, useIsTracking } from "./consent.ts";
import styles from "./footer.module.css";
import { Logo } from "./logo.tsx";
import { chooseTheme, readTheme, THEMES, type Theme } from "./theme.ts";

const NAMES: Record<Language, string> = { en: "English", tr: "Türkçe", id: "Bahasa Indonesia" };

export function Footer() {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const stores = useQuery(storesQuery(kilim));
  const [theme, setTheme] = useState<Theme>(readTheme);
  const isTracking = useIsTracking(kilim);
  return (
    <footer className={styles.footer}>
      <div className={styles.inner}>
        <div className={styles.about}>
          <Logo />
          <p className="soft small">{t("footer.about")}</p>
        </div>
        <section>
          <h2>{t("footer.stores")}</h2>
          <ul className={styles.stores}>
            {stores.data?.items.map((store) => (
              <li key={store.id} className="soft">
                {store.name}
                <span className="small"> · {store.address}</span>
              </li>
            ))}
          </ul>
        </section>
        <section className={styles.choices}>
          <label>
            {t("footer.language")}
            <select
              value={i18n.language}
              onChange={(event) => {
                const language = event.target.value as Language;
                rememberLanguage(language);
                void changeLanguage(language);
                kilim.identify({ language });
              }}
            >
              {LANGUAGES.map((language) => (
                <option key={language} value={language} lang={language}>
                  {NAMES[language]}
                </option>
              ))}
            </select>
          </label>
          <MarketChoice />
          <label>
            {t("footer.appearance")}
            <select
              value={theme}
              onChange={(event) => {
                const chosen = event.target.value as Theme;
                chooseTheme(chosen);
                setTheme(chosen);
              }}
            >
              {THEMES.map((name) => (
                <option key={name} value={name}>
                  {t(`theme.${name}`)}
                </option>
              ))}
            </select>
          </label>
          <label className="check small">
            <input
              type="checkbox"
              checked={isTracking}
              onChange={(event) => {
                const state = event.target.checked ? "granted" : "denied";
                choose(kilim, { state, wording: t("footer.tracking"), source: "shop footer" });
              }}
            />
            {t("footer.tracking")}
          </label>
        </section>
      </div>
      <p className={styles.note}>{t("footer.fictitious")}</p>
    </footer>
  );
}
