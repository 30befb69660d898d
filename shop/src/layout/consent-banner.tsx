import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import styles from "./consent-banner.module.css";

const CHOICE = "dokuma:consent";

/** Asks once. "Only what is needed" stops events; the cart needs the device's id and goes on working. */
export function ConsentBanner() {
  const { t } = useTranslation();
  const kilim = useKilim();
  const [isOpen, setOpen] = useState(() => readChoice() === null);
  if (!isOpen) return null;

  const choose = (state: "granted" | "denied") => {
    kilim.setTracking(true);
    kilim.track("Consent Changed", {
      channel: "web",
      purpose: "personalisation",
      state,
      wording: t("consent.text"),
      source: "shop banner",
    });
    if (state === "denied") kilim.setTracking(false);
    keepChoice(state);
    setOpen(false);
  };
  return (
    <aside className={styles.banner} aria-label={t("consent.title")}>
      <p>
        <strong>{t("consent.title")}</strong> {t("consent.text")}
      </p>
      <div className={styles.buttons}>
        <button type="button" className="button quiet" onClick={() => choose("denied")}>
          {t("consent.deny")}
        </button>
        <button type="button" className="button" onClick={() => choose("granted")}>
          {t("consent.grant")}
        </button>
      </div>
    </aside>
  );
}

export function readChoice(): string | null {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}

function keepChoice(state: string): void {
  try {
    localStorage.setItem(CHOICE, state);
  } catch {
    // The browser refuses storage; the question comes again on the next visit.
  }
}
