import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

export function NotFound() {
  const { t } = useTranslation();
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
