import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import { type Choice, choose, useChoice } from "./consent.ts";
import styles from "./consent-banner.module.css";

/** Asks once; the footer takes another answer at any time. */
export function ConsentBanner() {
  const { t } = useTranslation();
  const kilim = useKilim();
  if (useChoice() !== null) return null;

  const answer = (state: Choice["state"]) =>
    choose(kilim, { state, wording: t("consent.text"), source: "shop banner" });
  return (
    <aside className={styles.banner} aria-label={t("consent.title")}>
      <p>
        <strong>{t("consent.title")}</strong> {t("consent.text")}
      </p>
      <div className={styles.buttons}>
        <button type="button" className="button quiet" onClick={() => answer("denied")}>
          {t("consent.deny")}
        </button>
        <button type="button" className="button" onClick={() => answer("granted")}>
          {t("consent.grant")}
        </button>
      </div>
    </aside>
  );
}
