import { useTranslation } from "react-i18next";
import type { useNearby } from "./use-nearby.ts";

/** Asks where she is, once a visit. */
export function NearestFirst({ nearby }: { readonly nearby: ReturnType<typeof useNearby> }) {
  const { t } = useTranslation();
  if (!("geolocation" in navigator) || nearby.isLocated) return null;
  return (
    <p className="small">
      {nearby.isRefused ? (
        <span className="soft">{t("stock.noPlace")}</span>
      ) : (
        <button type="button" className="link" onClick={nearby.locate}>
          {t("stock.nearest")}
        </button>
      )}
    </p>
  );
}
