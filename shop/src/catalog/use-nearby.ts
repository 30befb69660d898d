import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useShopper } from "../account/use-shopper.ts";
import { distanceKm, type Place } from "./distance.ts";

type Store = Place & { readonly id: string; readonly code: string };

const HERE = ["here"];

/** Stores as they matter to her: the one she buys in first, then the nearest, once she has said where she is. */
export function useNearby() {
  const { i18n } = useTranslation();
  const queries = useQueryClient();
  const own = useShopper().data?.preferred_store ?? null;
  // Said once a visit; kept by this page alone.
  const { data: here } = useQuery<Place | "refused" | null>({
    queryKey: HERE,
    queryFn: () => null,
    initialData: null,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const kmTo = (store: Place) => (here !== null && here !== "refused" ? distanceKm(here, store) : null);
  const isOwn = (store: Store) => own !== null && (store.id === own || store.code === own);
  const far = new Intl.NumberFormat(i18n.language, { style: "unit", unit: "kilometer", maximumFractionDigits: 0 });
  return {
    isOwn,
    isLocated: here !== null && here !== "refused",
    isRefused: here === "refused",
    compare: (a: Store, b: Store) => Number(isOwn(b)) - Number(isOwn(a)) || (kmTo(a) ?? 0) - (kmTo(b) ?? 0),
    distance(store: Place) {
      const km = kmTo(store);
      return km === null ? null : far.format(km);
    },
    locate: () =>
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => queries.setQueryData<Place>(HERE, { lat: coords.latitude, lon: coords.longitude }),
        () => queries.setQueryData(HERE, "refused"),
        { maximumAge: 600_000, timeout: 10_000 },
      ),
  };
}
