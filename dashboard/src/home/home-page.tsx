import { Box, Stack } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useLiveQueries } from "../api/live-queries.ts";
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
  const overview = useQuery({ ...overviewQuery(days, currency), placeholderData: keepPreviousData });
  const setup = useQuery(setupQuery);
  useLiveQueries({ topics: ["event", "order"] }, [["overview"]]);
  return (
    <Page title={t("nav.home")}>
      <QueryView query={overview} height={520}>
        {(data) =>
          !data.has_events && setup.data ? (
            <FirstSteps setup={setup.data} />
          ) : (
            <Stack gap="md">
              <NeedsYou />
              <Box className={classes.columns}>
                <MetricCard overview={data} days={days} />
                <RecentCard recent={data.recent} />
              </Box>
            </Stack>
          )
        }
      </QueryView>
    </Page>
  );
}
