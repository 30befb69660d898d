import { Card, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { StoreView } from "../../../server/src/catalog/contracts.ts";
import classes from "./kiosk.module.css";
import { useKilim } from "./kiosk-context.ts";
import { availabilityQuery, nearbyQuery } from "./queries.ts";

const FEW = 5;
const MOST_STORES = 3;
/** Nobody goes further for a shirt. */
const NEARBY_KM = 500;

interface StockHereProps {
  readonly store: StoreView;
  readonly productId: string;
  /** Without one: whether there is any. */
  readonly variantId: string | undefined;
}

/** How many are here, in the stores nearby with their distance, and on the web. */
export function StockHere({ store, productId, variantId }: StockHereProps) {
  const { t, i18n } = useTranslation();
  const kilim = useKilim();
  const stock = useQuery(availabilityQuery(kilim, productId));
  const near = useQuery(nearbyQuery(kilim, store));
  if (!stock.data) return null;
  const items = stock.data.items.filter((item) => variantId === undefined || item.variant_id === variantId);
  const at = (storeId: string) =>
    items.reduce((sum, item) => sum + (item.stores.find((each) => each.store_id === storeId)?.available ?? 0), 0);
  const web = items.reduce((sum, item) => sum + item.web, 0);
  const say = (count: number) =>
    count === 0 ? t("stock.none") : count < FEW ? t("stock.few", { count }) : t("stock.there");
  const others = (near.data?.items ?? []).filter(
    (other) => other.id !== store.id && at(other.id) > 0 && (other.distance_km ?? 0) <= NEARBY_KM,
  );
  const km = (distance: number | null) =>
    distance === null ? "" : `, ${distance.toLocaleString(i18n.language, { maximumFractionDigits: 1 })} km`;
  return (
    <Card>
      <Title order={2}>{t("stock.title")}</Title>
      <ul className={classes.stores}>
        <li data-testid="stock-here">
          <b>{t("stock.here")}</b>
          <span>{say(at(store.id))}</span>
        </li>
        {others.slice(0, MOST_STORES).map((other) => (
          <li key={other.id}>
            <span>
              {other.name}
              <Text span c="dimmed">
                {km(other.distance_km)}
              </Text>
            </span>
            <span>{say(at(other.id))}</span>
          </li>
        ))}
        <li>
          <span>{t("stock.web")}</span>
          <span>{say(web)}</span>
        </li>
      </ul>
    </Card>
  );
}
