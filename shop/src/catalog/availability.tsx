import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import styles from "./availability.module.css";
import { distanceKm, type Place } from "./distance.ts";
import { storesQuery, type Variant, type VariantAvailability } from "./queries.ts";
import { StockLevel } from "./stock-level.tsx";

interface AvailabilityProps {
  readonly variant: Variant | undefined;
  readonly stock: readonly VariantAvailability[] | undefined;
}

/** Stock on the web and in every store, nearest first once the shopper has said where she is. Live. */
export function Availability({ variant, stock }: AvailabilityProps) {
  const { t, i18n } = useTranslation();
  const stores = useQuery(storesQuery(useKilim()));
  const [here, setHere] = useState<Place | null>(null);
  const [isRefused, setRefused] = useState(false);
  const found = stock?.find((item) => item.variant_id === variant?.id);
  if (!variant) return <p className="soft small">{t("stock.choose")}</p>;
  if (!found) return null;

  const places = found.stores
    .map((store) => {
      const place = stores.data?.items.find((item) => item.id === store.store_id);
      return { ...store, km: here && place ? distanceKm(here, place) : null, isOpen: place?.is_open };
    })
    .sort((a, b) => (a.km ?? 0) - (b.km ?? 0));
  const distance = new Intl.NumberFormat(i18n.language, { style: "unit", unit: "kilometer" });
  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => setHere({ lat: coords.latitude, lon: coords.longitude }),
      () => setRefused(true),
      { maximumAge: 600_000, timeout: 10_000 },
    );
  return (
    <section className={styles.availability} aria-label={t("stock.title")}>
      <ul>
        <li data-testid="stock-web">
          <span>{t("stock.online")}</span>
          <StockLevel count={found.web} />
        </li>
        {places.map((store) => (
          <li key={store.store_id} data-testid="stock-store">
            <span>
              {store.name}
              {store.km !== null && <span className="soft small"> {distance.format(Math.round(store.km))}</span>}
              {store.isOpen !== undefined && (
                <span className="soft small"> · {t(store.isOpen ? "stock.open" : "stock.closed")}</span>
              )}
            </span>
            <StockLevel count={store.available} />
          </li>
        ))}
      </ul>
      {"geolocation" in navigator && !here && places.length > 1 && (
        <p className="small">
          {isRefused ? (
            <span className="soft">{t("stock.noPlace")}</span>
          ) : (
            <button type="button" className="link" onClick={locate}>
              {t("stock.nearest")}
            </button>
          )}
        </p>
      )}
    </section>
  );
}
