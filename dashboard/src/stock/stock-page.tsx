import { Paper, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
import { Page } from "../parts/page.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { Check } from "./check.tsx";
import { Discrepancies } from "./discrepancies.tsx";
import { Movements } from "./movements.tsx";
import { locationsQuery, STOCK } from "./queries.ts";
import { Shelf } from "./shelf.tsx";
import { Transfers } from "./transfers.tsx";

const route = getRouteApi("/stock");

/** One inventory over web and stores: what lies where, what moved it, what is on its way, what does not agree. */
export function StockPage() {
  const { t } = useTranslation();
  const { tab = "shelf", location, at_most: atMost } = route.useSearch();
  const navigate = route.useNavigate();
  const locations = useQuery(locationsQuery).data?.items ?? [];
  useLiveQueries({ topics: ["product", "store"] }, [STOCK]);
  const first = locations[0]?.id;
  const here = location ?? (tab === "shelf" ? first : undefined);
  return (
    <Page
      title={t("nav.stock")}
      subtitle={t("stock.subtitle")}
      actions={
        tab === "check" ? null : (
          <Select
            aria-label={t("stock.location")}
            placeholder={t("stock.allLocations")}
            clearable={tab !== "shelf"}
            allowDeselect={tab !== "shelf"}
            w={220}
            value={here ?? null}
            data={locations.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(value) =>
              void navigate({ search: (before) => ({ ...before, location: value ?? undefined }), replace: true })
            }
          />
        )
      }
    >
      <Paper p="md">
        <Tabs
          value={tab}
          onChange={(next) => void navigate({ search: (before) => ({ ...before, tab: next }) })}
          label={(id) => t(`stock.tabs.${id}`)}
          views={{
            shelf: <Shelf location={here} atMost={atMost} />,
            movements: <Movements location={here} />,
            transfers: <Transfers location={here} locations={locations} />,
            discrepancies: <Discrepancies location={here} />,
            check: <Check />,
          }}
        />
      </Paper>
    </Page>
  );
}
