import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ConsentBanner } from "./consent-banner.tsx";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import styles from "./shell.module.css";
import { useLive } from "./use-live.ts";
import { useOnsite } from "./use-onsite.ts";

export function Shell() {
  const { t } = useTranslation();
  useLive();
  useOnsite();
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("nav.skip")}
      </a>
      <Header />
      <main id="main" tabIndex={-1} className={styles.main}>
        <div data-kilim-slot="top" />
        <Outlet />
      </main>
      <Footer />
      <ConsentBanner />
    </div>
  );
}
