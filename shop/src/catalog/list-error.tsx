import { useTranslation } from "react-i18next";

export function ListError({ retry }: { readonly retry: () => unknown }) {
  const { t } = useTranslation();
  return (
    <div className="stack narrow" role="alert">
      <p>{t("error.load")}</p>
      <p>
        <button type="button" className="button quiet" onClick={() => retry()}>
          {t("error.retry")}
        </button>
      </p>
    </div>
  );
}
