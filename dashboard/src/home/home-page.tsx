import { Box } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Page } from "../parts/page.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { setupQuery } from "../session/queries.ts";
import { FirstSteps } from "./first-steps.tsx";
import classes from "./home-page.module.css";
import { MetricCard } from "./metric-card.tsx";
import { NeedsYou } from "./needs-you.tsx";
import { overviewQuery } from "./queries.ts";
import { RecentCard } from "./recent-card.tsx";

const route = getRouteApi("/");

/** What needs you, one metric over one period, and what is happening. Without any data: how to begin. */
export function HomePage() {
  const { t } = useTranslation();
  const { days = "365", currency } = route.useSearch();
  const overview = useQuery({
    ...overviewQuery(days, currency),
    placeholderData: keepPreviousData,
    // It counts over the whole History: asked anew now and then, not for each event.
    refetchInterval: 10_000,
  });
  const setup = useQuery(setupQuery);
  const isEmpty = overview.data?.has_events === false && setup.data !== undefined;
  return (
    <Page title={t("nav.home")}>
      {isEmpty ? (
        <FirstSteps setup={setup.data} />
      ) : (
        <>
          <NeedsYou />
          <QueryView query={overview} height={520}>
            {(data) => (
              <Box className={classes.columns}>
                <MetricCard overview={data} days={days} />
                <RecentCard recent={data.recent} />
              </Box>
            )}
          </QueryView>
        </>
      )}
    </Page>
  );
}
