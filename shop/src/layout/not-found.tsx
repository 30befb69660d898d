import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePage } from "./use-page.ts";

export function NotFound() {
  const { t } = useTranslation();
  usePage(t("notFound.title"));
  return (
    <div className="page narrow stack">
      <h1>{t("notFound.title")}</h1>
      <p className="soft">{t("notFound.text")}</p>
      <Link to="/" className="button">
        {t("notFound.home")}
      </Link>
    </div>
  );
}
