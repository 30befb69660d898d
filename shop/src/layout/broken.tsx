import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** What is shown in place of a page that fell over. */
export function Broken({ reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <div className="page narrow stack" role="alert">
      <h1>{t("error.page")}</h1>
      <p>
        <button type="button" className="button" onClick={reset}>
          {t("error.retry")}
        </button>
      </p>
    </div>
  );
}
